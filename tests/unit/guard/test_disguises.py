"""A finding must survive disguise, and its words must be underlined in the disguised text itself."""

import re
import unicodedata

import pytest

from bedside.guard import Finding, Material, judge

PLAIN = "Thank you for choosing us for your surgery"
FANCY = {ord(letter): 0x1D41A + number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
ALIKE = str.maketrans("aeocpx", "аеосрх")
L33T = str.maketrans("oaei", "0431")

DISGUISES = {
    "zero width": "\u200b".join(PLAIN),
    "soft hyphens": "\u00ad".join(PLAIN),
    "look-alikes": PLAIN.translate(ALIKE),
    "fancy letters": PLAIN.lower().translate(FANCY),
    "full width": "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in PLAIN),
    "l33t": PLAIN.translate(L33T),
    "hashtags": " ".join(f"#{word}" for word in PLAIN.split()),
    "one hashtag": "#" + "".join(word.capitalize() for word in PLAIN.split()),
    "small hashtag": "#" + PLAIN.replace(" ", "").lower(),
    "spaced": "   ".join(" ".join(word) for word in PLAIN.split()),
    "combining marks": "".join(c + "\u0336" for c in PLAIN),
    "shouted": PLAIN.upper(),
    "emoji between": " 🎉 ".join(PLAIN.split()),
    "stretched": "Thaaaank you sooo much for choosing us!!!",
    "mistyped": "Thank yuo for chosing us",
    "chat": "thx for choosing us, c u soon",
}


def reply(text: str) -> list[Finding]:
    return list(judge(Material(surface="review_reply", text=text)).findings)


@pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguised_confirmation_is_still_found(disguised: str) -> None:
    assert "reply-confirms-patient-relationship" in {finding.rule for finding in reply(disguised)}


@pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES.keys())
def test_the_underlined_words_are_those_of_the_original(disguised: str) -> None:
    for finding in reply(disguised):
        assert finding.says == disguised[finding.start : finding.end]
        assert 0 <= finding.start <= finding.end <= len(disguised)


@pytest.mark.parametrize(
    "text",
    [
        "#PrayForJordanVance, one week after her transplant",
        "J0rd4n V4nce went home from our ICU",
        "Ｊｏｒｄａｎ Ｖａｎｃｅ beat leukemia with us",
        "Jo\u200brdan Va\u200bnce rang the bell after chemo",
    ],
)
def test_a_disguised_name_is_still_a_name(text: str) -> None:
    assert judge(Material(surface="post", text=text)).decision == "block"


def test_accents_of_spanish_do_not_matter() -> None:
    with_accents = "Lamentamos que su cirugía se retrasó el miércoles."
    without = "".join(c for c in unicodedata.normalize("NFD", with_accents) if not unicodedata.combining(c))
    assert reply(with_accents)
    assert reply(without)


def test_measures_and_names_of_illnesses_are_not_mistaken_for_l33t() -> None:
    text = "COVID19, H1N1, A1C under 7, B12, 24/7 line, 5k run on 3rd Street, 10am to 1pm."
    found = [f for f in judge(Material(surface="post", text=text)).findings if f.is_violation]
    assert not found
    assert re.search("B12", text)
