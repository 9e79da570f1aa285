"""How often the rules stop harmless posts, and how fast they read: `python -m bedside.guard.measure POSTS.jsonl`.

The posts are JSON lines with a `text`; they are measured and never kept.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bedside.guard import Material, judge


def main(words: Sequence[str] | None = None) -> int:
    """Print decisions, the rules that fired, and with --show the words they fired at."""
    parser = argparse.ArgumentParser(prog="python -m bedside.guard.measure", description=__doc__)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--surface", default="post")
    parser.add_argument("--show", metavar="RULE", help="print the words at which this rule fired")
    asked = parser.parse_args(words)
    texts = [
        json.loads(line)["text"] for line in asked.posts.read_text(encoding="utf-8").splitlines() if line
    ]
    judge(Material(surface=asked.surface, text="warm up"))
    begun = time.process_time()
    verdicts = [judge(Material(surface=asked.surface, text=text)) for text in texts]
    spent = time.process_time() - begun
    decisions = Counter(verdict.decision for verdict in verdicts)
    print(f"{len(texts)} posts, {len(texts) / spent:.0f} a second; {dict(decisions)}")
    print(f"blocked: {100 * decisions['block'] / len(texts):.2f} %")
    fired = Counter(rule for verdict in verdicts for rule in {finding.rule for finding in verdict.findings})
    for rule, count in fired.most_common():
        print(f"{count:6}  {rule}")
    for text, verdict in zip(texts, verdicts, strict=True):
        for finding in verdict.findings:
            if finding.rule == asked.show:
                print(f"  {finding.says!r} in {text[:160]!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
