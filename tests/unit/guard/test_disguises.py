"""A finding must survive disguise, and its words must be underlined in the disguised text itself."""

import re
import unicodedata

import pytest

from bedside.guard import Finding, Material, judge
from bedside.guard.desk_words import spelling
from bedside.guard.normalize import plain

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
    "joined by threes": "#ThankYouFor #ChoosingUsFor #YourSurgery",
    "l33t in a hashtag": "#Th4nkY0uF0rCh00s1ngUs for your surgery",
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
    text = "COVID19 and H1N1 shots, A1C and B12 checks, a 24/7 line, a 5k run on 3rd Street from 10am to 1pm."
    assert spelling().unfold(plain(text))[0].text == " " + text
    found = [f for f in judge(Material(surface="post", text=text)).findings if f.is_violation]
    assert not found
    assert re.search("B12", text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for coming 1n yesterday!",
        "It was a pleasure taking care 0f you! Heal fast!",
        "Call his wife 4t 740-555-0133, she can tell you more.",
        "Y0ur Medicare number 1s 1EG4-TE5-MK73, pl34s3 write 1t down.",
        "Your portal 1s registered under sunfl0w3r-j0@pr0t0nm41l.c0m.",
        "#Pr4yF0rTyl3rH0bbs, on our oncology ward",
    ],
)
def test_what_is_written_with_digits_is_stopped_and_numbers_stay_numbers(text: str) -> None:
    assert judge(Material(surface="comment_reply", text=text)).decision == "block"


@pytest.mark.parametrize(
    "text",
    [
        "#CallHisWife #At7405550133She #CanTellYouMore",
        "#YoureWelcomeWe #AreGladThat #YoureHomeAnd #Healing",
        "#Beneficiary2FK8WD4PN91Is #ClearedForA #PowerChair",
        "#SwipeToSee #JoansTummyTuck #At6Weeks #Wow",
        "#ABenefitsCardFor #319482207IsAt #TheDesk",
    ],
)
def test_a_text_of_hashtags_is_read_as_a_sentence(text: str) -> None:
    assert judge(Material(surface="comment_reply", text=text)).decision == "block"


def test_words_in_a_hashtag_are_underlined_letter_by_letter() -> None:
    text = "See #WeLoveTylerHobbsSoMuch, three days after his transplant"
    found = [each.says for each in judge(Material(surface="post", text=text)).findings if each.is_violation]
    assert any("TylerHobbs" in says for says in found)
    assert not [says for says in found if says.startswith(("ylerH", "eTyler"))]


@pytest.mark.parametrize(
    "text",
    [
        "3M masks, 4t of food and 1s and 0s: our IT team had a day.",
        "#Week4Update #Top10Tips #Walk4Hope #COVID19Vaccine",
        "Flu shots 4 u 2day! Walk in from 9 to 5, room 15 or 17, 45 minutes.",
    ],
)
def test_numbers_that_are_meant_as_numbers_are_left_alone(text: str) -> None:
    assert judge(Material(surface="post", text=text)).decision != "block"


def test_fancy_letters_do_not_make_a_text_look_more_harmless() -> None:
    text = "It was great having you in last week."
    fancy = text.lower().translate(FANCY)
    decisions = {judge(Material(surface="review_reply", text=each)).decision for each in (text, fancy)}
    assert decisions == {"block"}


@pytest.mark.parametrize(
    ("joined", "meant"),
    [
        ("#WalkinCare #IsOpen", "walk in care is open"),
        ("#HadAUTI #IsAUTIBad", "had a uti is a uti bad"),
        ("#SheIsNinetyone #OrSo", "she is ninety one or so"),
        ("#YoudHave #WashedHands", "you'd have washed hands"),
        ("#ForWalt #GrabowskiToday", "for Walt Grabowski today"),
        ("#SeeHttpshospitalexamplepid88 #Now", "see hxxpshospitalexamplepid88 now"),
    ],
)
def test_words_that_were_joined_are_taken_apart_where_they_were_joined(joined: str, meant: str) -> None:
    assert spelling().unfold(plain(joined))[0].text == " " + meant


@pytest.mark.parametrize(
    "text",
    ["praise for the deceased in mourning", "a rescue, attached to dermatology", "las sesiones duran poco"],
)
def test_a_word_that_is_right_is_not_mended_into_another(text: str) -> None:
    assert spelling().unfold(plain(text))[0].text == " " + text
