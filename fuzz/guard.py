"""Does any input crash the guard, hang it, or make it point at the wrong words? Coverage-guided search with atheris.

`make fuzz SECONDS=60` runs it. An input is text whose fields stand between unit separators; its first two letters
choose the surface and the organization. It starts from the labelled items of `tests/guard_items/dev.jsonl`. What it
learned stays in var/fuzz/corpus, so that the next run goes on from there; an input that breaks a promise is kept in
var/fuzz and named on standard error: make it a test of tests/unit/guard/test_promises.py before mending the guard.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SLOWEST_SECONDS = 5  # for inputs of at most LONGEST bytes
LONGEST = 4096
KEPT = ROOT / "var" / "fuzz"

with atheris.instrument_imports(include=["bedside.guard"]):
    from tests.guard_items.items import read_items
    from tests.guard_items.promises import kept

    from bedside.guard import SURFACES, LinkFacts, Material, MediaFacts, OrganizationFacts
    from bedside.guard.material import Surface

BETWEEN = "\x1f"
ORGANIZATIONS = (
    OrganizationFacts(),
    OrganizationFacts.from_json(
        {
            "name": "Harbor Clinic",
            "clinicians": [{"name": "Dr. Ana Solís", "specialty": "cardiology"}],
            "staff": ["Jordan Vance"],
            "phones": ["302-555-0148"],
            "sites": ["harbor.example"],
            "own_rules": [
                {
                    "id": "own-cheap",
                    "phrases": ["cheap*", "lowest price"],
                    "weight": "stops",
                    "replacement": "",
                }
            ],
            "regrades": {"plain-language": "needs sign-off", "a11y-hashtag-case": "stops"},
        }
    ),
)


def main() -> None:
    """Search until the time is over."""
    corpus = KEPT / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    sow(corpus)
    limits = [f"-max_len={LONGEST}", f"-timeout={SLOWEST_SECONDS}", f"-artifact_prefix={KEPT}/"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(corpus)], look_at)
    atheris.Fuzz()


def sow(corpus: Path) -> None:
    """The labelled items as inputs."""
    for item in read_items("dev.jsonl"):
        fields = [
            item["text"],
            item.get("parent") or "",
            *(item.get("alt_texts") or ()),
            *(item.get("links") or ()),
        ]
        start = chr(97 + SURFACES.index(item["surface"])) + "a"
        (corpus / str(item["id"])).write_text(start + BETWEEN.join(fields), encoding="utf-8")


def look_at(data: bytes) -> None:
    """One input; raises AssertionError where the guard breaks a promise."""
    text = data.decode("utf-8", errors="surrogateescape")
    surface, organization = (ord(letter) for letter in text[:2].ljust(2, "a"))
    kept(
        material_of(SURFACES[surface % len(SURFACES)], text[2:].split(BETWEEN)),
        ORGANIZATIONS[organization % len(ORGANIZATIONS)],
    )


def material_of(surface: Surface, fields: list[str]) -> Material:
    """The fields in the order in which they are most often filled."""
    said = iter(fields)
    text, parent, alt_text, url = (next(said, "") for _ in range(4))
    title, picture, captions, file_name, comment, code, option, metadata = (next(said, "") for _ in range(8))
    return Material(
        surface=surface,
        text=text,
        parent=parent,
        first_comment=comment,
        thread=tuple(said),
        poll_options=(option, option[::-1]) if option else (),
        links=(LinkFacts(url, title),) if url or title else (),
        media=(
            MediaFacts(
                "x",
                "image",
                alt_text,
                file_name,
                captions,
                picture,
                codes=(code,) if code else (),
                metadata=((metadata, metadata),) if metadata else (),
            ),
        ),
    )


if __name__ == "__main__":
    main()
