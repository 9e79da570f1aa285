"""What does axe object to on a page, and what of the page has it seen already?

Axe takes longer than the page itself, and most of a page stood on the page before: the shell, the rows of a list. So
a piece of a page is examined once for each window and each color scheme in which it appears, and again when a tag, an
attribute, a state, an overflow or the presence of a text in it or around it differs. Words and numbers alone change
no answer of axe. No style sheet asks for the color scheme (`tests/house/test_colors.py`), so in the other scheme only
the rules about colors are asked. Only what axe had nothing against is remembered, by all passes of the suite together:
they draw the same pages.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from bedside.config.environment import env
from bedside.web.build import axe_script

Scheme = Literal["light", "dark"]

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
PIECE = 40
"""Elements: up to here a piece is known as a whole; a larger one by its children, each below what is around it."""
RUN_AXE = """([known, rules]) => {
  const exclude = known.map(place => window.examinedElements[place]).filter(element => element.isConnected);
  const context = exclude.length ? {include: [document.documentElement], exclude} : document;
  const preload = {assets: ["media"]};  // no rule of ours asks for style sheets, and to read them takes long
  return axe.run(context, {runOnly: rules, resultTypes: ["violations"], elementRef: false, preload});
}"""
# Every element in document order: what it looks like to axe (a number), and how many elements it is with all in it. Of
# an attribute that holds words or an address it counts that it is filled; of one that names an element, its numbers
# do not count.
LOOK = r"""most => {
  const filled = new RegExp("^(?:src|srcset|action|formaction|value|content|datetime|title|alt|placeholder|nonce|poster"
    + "|aria-label|aria-valuenow|aria-valuetext|hx-.*|data-url|data-label|d|x|y|[xy][12]|c[xy]|points|transform)$");
  const names = /^(?:id|for|name|form|list|headers|aria-(?:controls|labelledby|describedby|owns|details))$/;
  const worth = (element, {name, value}) => filled.test(name) ? Boolean(value)
    : name === "href" && element.localName !== "link" ? (value.startsWith("#") ? "#" : Boolean(value))
    : names.test(name) ? value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+/g, "0") : value;
  const overflows = element => element === document.body || element === document.documentElement ? ""
    : `${element.scrollWidth > element.clientWidth} ${element.scrollHeight > element.clientHeight}`;
  const states = element => [":checked", ":modal", ":popover-open"].filter(state => element.matches(state));
  const head = element => `${element.localName} ${overflows(element)} ${states(element)} ${
    [...element.attributes].map(each => `${each.name}=${worth(element, each)}`).join(" ")}`;
  const number = words => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let place = 0; place < words.length; place++) {
      const code = words.charCodeAt(place);
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    const mixed = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    const other = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(mixed ^ (mixed >>> 13), 3266489909);
    return 4294967296 * (2097151 & other) + (mixed >>> 0);
  };
  const [elements, keys, sizes] = [[], [], []];
  const look = (element, around) => {
    const [place, own] = [elements.push(element) - 1, head(element)];
    const here = number(`${around} ${own}`);
    const parts = [...element.childNodes].map(node => node.nodeType === Node.ELEMENT_NODE ? look(node, here)
      : {own: node.nodeType === Node.TEXT_NODE && node.data.trim() ? "words" : "", whole: "words", size: 0})
      .filter(part => part.own);
    sizes[place] = parts.reduce((sum, part) => sum + part.size, 1);
    const whole = number(`${own} ${parts.map(part => part.whole).join()}`);
    keys[place] = sizes[place] <= most ? number(`${around} ${whole}`)
      : number(`${here} ${[...new Set(parts.map(part => part.own))].join()}`);
    return {own, whole, size: sizes[place]};
  };
  look(document.documentElement, "");
  window.examinedElements = elements;
  const asked = question => matchMedia(question).matches;
  return {keys, sizes, window: `${innerWidth} ${asked("(pointer: coarse)")}`,
    scheme: asked("(prefers-color-scheme: dark)") ? "dark" : "light"};
}"""


@dataclass
class Examined:
    """What axe had nothing against: in a window, and as to colors in a window and a scheme. In the `notebook`, a file,
    runs that go on at the same time tell each other."""

    notebook: Path | None = None
    held: defaultdict[tuple[str, ...], set[int]] = field(default_factory=lambda: defaultdict(set))
    _read: int = 0

    def objections(self, page: Page) -> list[str]:
        """What axe objects to on the page as it stands, where that is new: rule and element, one line each."""
        seen = page.evaluate(LOOK, PIECE)
        return self._objections(page, seen, seen["scheme"])

    def objections_in(self, page: Page, schemes: Sequence[Scheme]) -> list[str]:
        """The same in these color schemes, each line with its scheme; the page is left in the last that was new."""
        seen = page.evaluate(LOOK, PIECE)
        return [f"{scheme}: {line}" for scheme in schemes for line in self._objections(page, seen, scheme)]

    def _objections(self, page: Page, seen: dict[str, Any], scheme: Scheme) -> list[str]:
        self._read_on()
        form, colors = self.held[seen["window"],], self.held[seen["window"], scheme]
        is_new = [key not in form or key not in colors for key in seen["keys"]]
        if not any(is_new):
            return []
        page.emulate_media(color_scheme=scheme)
        if not page.evaluate("'axe' in window"):
            run_script(page, axe_script().read_text(encoding="utf-8"))
        rules = COLORS if form.issuperset(seen["keys"]) else WCAG
        found = page.evaluate(RUN_AXE, [known_pieces(is_new, seen["sizes"]), rules])["violations"]
        if not found:
            self._hold((seen["window"],), seen["keys"])
            self._hold((seen["window"], scheme), seen["keys"])
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    def _hold(self, place: tuple[str, ...], keys: Iterable[int]) -> None:
        new = set(keys) - self.held[place]
        self.held[place] |= new
        if self.notebook and new:
            with self.notebook.open("ab", buffering=0) as notes:  # in one piece, so that no two lines mix
                notes.write(json.dumps([place, sorted(new)]).encode() + b"\n")

    def _read_on(self) -> None:
        """Take over what has been noted since the last look, but for a line that is still being written."""
        if self.notebook and self.notebook.exists():
            with self.notebook.open("rb") as notes:
                notes.seek(self._read)
                told = notes.read()
            whole = told[: told.rfind(b"\n") + 1]
            self._read += len(whole)
            for place, keys in map(json.loads, whole.splitlines()):
                self.held[tuple(place)].update(keys)


def run_script(page: Page, script: str) -> None:
    """Run a long script whose value nobody wants: what Playwright does to give it back takes longer than the script.

    The inspector stays until the page is closed: when it goes, Chromium takes the page's pretended passkeys away.
    """
    inspector = page.context.new_cdp_session(page)
    ran = inspector.send("Runtime.evaluate", {"expression": script, "returnByValue": False})
    assert "exceptionDetails" not in ran, ran["exceptionDetails"]


def known_pieces(is_new: list[bool], sizes: list[int]) -> list[int]:
    """The places of the largest pieces in which nothing is new; of a small piece all is known or nothing."""
    new_before = [0, *accumulate(is_new)]
    pieces, place = [], 0
    while place < len(sizes):
        after = place + sizes[place]
        if new_before[place] == new_before[after]:
            pieces.append(place)
        elif sizes[place] > PIECE:
            after = place + 1
        place = after
    return pieces


examined = Examined(Path(env.test_shared) / "examined.jsonl" if env.test_shared else None)
"""By all the stories of one run, or of all the runs of the suite."""
