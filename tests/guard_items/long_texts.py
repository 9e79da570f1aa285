"""Pieces of which a long text can be made so that judging it might take longer than its length accounts for.

Each was slow once, or looks as if it could be: numbers, addresses and dates of which every one must be weighed, names,
hashtags, quotes, brackets, what cannot be seen. Shared by the tests of growth and the measurement of the worst case.
"""

from bedside.guard import Material
from bedside.guard.material import Surface

# In groups, a line for each way to be long: one piece a line would hide them.
PIECES = (
    "a", " ", "\n", "9", "#", "@", "-", "a.", "1-", "1a", "@a ", "1.1.", "a_b-", "aB", "'s ",
    "we ", "Mr. ", "J o ", "0f 1n 4t ", "one two three ", "double ", "Ab Cd Ef ", "A. B. ",
    "thank you for ", "thank you for your visit we saw you ", "your surgery was ", "she had chemo ", "chest pain ",
    "I want to die ", "our patient, a 97 year old ", "he is a 45 year old man from Springfield ", "50% of adults ",
    "\u200b", "\u202ea", "𝓪", "é", "ﬁ", "😀", "sаφж漢", "\x00",
    "\"", "(((", "[x] ", "\"'“‘((", "I \"my ",
    "#PrayForJordanVance ", "#Pr4yF0r ", "Jordan Vance ", "Dr. Smith ", "de la ", "Smith, John\n",
    "Rm 12 Hendricks NPO ",
    "https://", "http://a.example/b?pid=1 ", "bit.ly/a ", "www.a.b-", "a.com ", "x@y.example ", "a@b.",
    "Jordan Vance x@y.example ", "302-555-0148 ", "call her at 302-555-0148 ", "+1 ", "4-1-1-",
    "44 Gull Way ", "97801 ", "born 1/2/1980 ", "May 5, 1980 ", "5 de mayo de 1980 ", "1234567 ", "219-09-9999 ",
    "MRN 00482913 ", "plan 4411 ", "mrn-", "sn-", "last four 4455 ", "$5 ", "1:", "IMG_1234.jpg ",
    "HT-3308 ",
)  # fmt: skip
CUES = "mrn sn her number Dr. in"  # announce what the numbers might be


def long_text(piece: str, length: int) -> str:
    """A text of this many characters, made of one piece."""
    return (piece * (length // len(piece) + 1))[:length]


def material_of(piece: str, length: int, surface: Surface) -> Material:
    """A material with one such text, among words that make every number worth a look."""
    parent = "Can somebody send me my record number?" if surface == "review_reply" else ""
    text = f"{CUES} {long_text(piece, length)} 1234567 patient"
    return Material(surface=surface, text=text, parent=parent)
