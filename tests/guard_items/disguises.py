"""Ways in which a text is disguised, on purpose or by fashion: readable words, letters that are not plain."""

from collections.abc import Callable

_FANCY = {ord("a") + n: 0x1D41A + n for n in range(26)} | {ord("A") + n: 0x1D400 + n for n in range(26)}
_ALIKE = str.maketrans("aeocpxyiAEOCPXTHBMK", "аеосрхуіАЕОСРХТНВМК")
_L33T = str.maketrans("oaei", "0431")


def hashtags(text: str, count: int = 3) -> str:
    """Every so many words joined into one hashtag."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in text.split()]
    groups = [words[at : at + count] for at in range(0, len(words), count)]
    return " ".join("#" + "".join(word[:1].upper() + word[1:] for word in group) for group in groups)


DISGUISES: dict[str, Callable[[str], str]] = {
    "zero-width": lambda text: "\u200b".join(text),
    "look-alike": lambda text: text.translate(_ALIKE),
    "fancy fonts": lambda text: text.translate(_FANCY),
    "hashtag-joined": hashtags,
    "l33t": lambda text: text.translate(_L33T),
}
