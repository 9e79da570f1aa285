"""`bedside guard`: the fixed forms of its lines, its manners with bad ones, and its independence of the web."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.cli.guard import check_lines, read_organization
from bedside.cli.main import main
from bedside.guard import OrganizationFacts
from bedside.guard.document import pages

REPOSITORY = Path(__file__).parents[3]


def answers(*lines: str) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    status = check_lines(io.BytesIO("\n".join(lines).encode()), out, OrganizationFacts())
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_is_answered_in_the_fixed_form() -> None:
    status, [answer] = answers('{"id": 7, "text": "Thanks for choosing us!", "surface": "review_reply"}')
    assert status == 0
    assert answer["id"] == 7
    assert answer["verdict"] == "block"
    [finding, *_] = answer["findings"]
    assert set(finding) == {"rule", "field", "start", "end", "says", "why", "instead", "weight"}


def test_a_line_that_is_not_understood_is_reported_and_the_rest_is_judged() -> None:
    bad = [
        "{",
        "[]",
        '{"text": 5}',
        '{"text": "x", "surface": "sky"}',
        '{"text": "x", "links": "y"}',
        "\udcff"[:0],
    ]
    status, given = answers('{"id": 1, "text": "Flu shots"}', *bad, '{"id": 2, "text": "Hello"}')
    assert status == 1
    assert [answer.get("line") for answer in given] == [None, 2, 3, 4, 5, 6, None]
    assert given[-1]["id"] == 2


def test_no_alt_texts_means_no_picture_and_an_empty_one_means_a_picture_without_description() -> None:
    _, [without, empty] = answers('{"text": "Flu shots"}', '{"text": "Flu shots", "alt_texts": [""]}')
    assert without["verdict"] == "allow"
    assert empty["verdict"] == "warn"


def test_the_organizations_own_people_are_no_findings(tmp_path: Path) -> None:
    line = b'{"text": "Rosa Medina can talk about her work in our ICU", "surface": "review_reply"}'
    facts = tmp_path / "org.json"
    facts.write_text('{"staff": ["Rosa Medina"], "unknown": 1}')
    for organization, expected in ((OrganizationFacts(), True), (read_organization(facts), False)):
        out = io.StringIO()
        check_lines(io.BytesIO(line), out, organization)
        rules = {finding["rule"] for finding in json.loads(out.getvalue())["findings"]}
        assert ("reply-reveals-real-name" in rules) is expected


def test_an_answer_comes_before_the_next_line_is_written() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bedside.cli.main", "guard", "check"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for number in (1, 2):
            process.stdin.write(b'{"id": %d, "text": "Hello"}\n' % number)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_a_line_may_be_longer_than_what_is_read_at_once() -> None:
    status, [first, last] = answers(
        json.dumps({"id": 1, "text": "Flu shots are here. " * 20_000}), '{"id": 2, "text": "Hello"}'
    )
    assert (status, first["id"], last["id"]) == (0, 1, 2)


def test_the_command_starts_without_the_web_framework() -> None:
    code = "import sys, bedside.cli.main as m; m.main(['guard', 'rules']); assert 'django' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "phi-ssn-pattern" in done.stdout


def test_explain_tells_a_rule_and_an_unknown_one_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guard", "explain", "phi-ssn-pattern"]) == 0
    assert "164.514" in capsys.readouterr().out
    assert main(["guard", "explain", "no-such-rule"]) == 2
    assert "no-such-rule" in capsys.readouterr().err


def test_the_pages_of_the_rules_are_up_to_date() -> None:
    folder = REPOSITORY / "docs" / "rules"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert written == pages(), "run `bedside guard document docs/rules`"
