"""The documentation of the rules, generated from the rule files: one page per rule and a list of all.

`bedside guard document docs/rules` writes it; a test says when the pages are stale.
"""

from pathlib import Path

from bedside.guard.material import Material
from bedside.guard.rulebook import Rule, rulebook


def pages() -> dict[str, str]:
    """File name to content, for every rule and the list of all."""
    written = {f"{rule.id}.md": page(rule) for rule in rulebook().rules}
    return written | {"README.md": _list()}


def write_pages(folder: Path) -> None:
    """Write all pages into the folder and remove pages of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (folder / name).write_text(content, encoding="utf-8")


def page(rule: Rule) -> str:
    """Everything about one rule, as Markdown."""
    parts = [
        f"# {rule.title}",
        f"`{rule.id}` · {rule.family} · **{rule.weight}**"
        + (f" ({rule.sign_off})" if rule.sign_off else "")
        + f" · may be overridden by: {rule.override}",
        f"**Why.** {rule.why}",
        f"**Instead.** {rule.instead}",
        "**Where.** " + ", ".join(sorted(surface.replace("_", " ") for surface in rule.surfaces)),
        "**Authority.** " + "; ".join(f"{c.text} (read {c.read_on:%d %B %Y})" for c in rule.citations),
    ]
    if rule.in_force_from or rule.in_force_until:
        parts.append(
            f"**In force.** from {rule.in_force_from or 'always'} until {rule.in_force_until or 'further'}"
        )
    parts.append("## Breaks it\n\n" + "\n".join(f"- {_shown(example)}" for example in rule.breaks))
    parts.append("## Keeps it\n\n" + "\n".join(f"- {_shown(example)}" for example in rule.keeps))
    return "\n\n".join(parts) + "\n"


def _shown(example: Material) -> str:
    said = [f"“{' '.join(example.text.split())}”"] if example.text else []
    said += [f"answering “{example.parent}”"] if example.parent else []
    said += [f"first comment “{example.first_comment}”"] if example.first_comment else []
    said += [f"with the link `{link.url}`" for link in example.links]
    said += [f"poll option “{option}”" for option in example.poll_options]
    said += ["with sources"] if example.sources else []
    for media in example.media:
        facts = {"alt text": media.alt_text, "file": media.file_name, "captions": media.captions}
        facts |= {"text in it": media.text_in_picture, "codes": ", ".join(media.codes)}
        facts |= {"faint": ", ".join(media.faint), "covered faces": str(media.covered_faces or "")}
        facts |= {"flashes": ", ".join(f"second {start:g} to {end:g}" for start, end in media.flashes)}
        states = {"with sound": media.has_sound, "not opened": media.is_unseen, "withheld": media.is_withheld}
        facts |= {name: "yes" for name, holds in states.items() if holds}
        facts |= dict(media.metadata) | ({"faces": str(media.faces)} if media.faces else {})
        told = "; ".join(f"{name}: {value}" for name, value in facts.items() if value)
        said.append(f"with a {media.kind} ({told or 'no alt text'})")
    return f"{example.surface.replace('_', ' ')}: {', '.join(said)}"


def _list() -> str:
    lines = [
        "# The rules",
        "",
        "Generated from `src/bedside/guard/rules/` by `bedside guard document docs/rules`. Do not edit.",
        "Research, not legal advice: counsel confirms each rule before an organization relies on it.",
        "",
        "| rule | what it stops | weight | override |",
        "|---|---|---|---|",
    ]
    for rule in rulebook().rules:
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.title} | {rule.weight} | {rule.override} |")
    return "\n".join(lines) + "\n"
