"""How is one setting declared, read from its environment variable and refused when it makes no sense?

The settings themselves stand in `config/environment.py`. Here are their kinds: whole numbers, yes or no,
text, names, a folder, a choice, and keys that make themselves at the first start.
"""

import base64
import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


class BadSetting(Exception):
    """A setting has a value that Bedside cannot use; the message is the sentence for whoever set it."""


class HasData(Protocol):
    """What settings are read from: environment variables, and the folder where generated keys are kept."""

    source: Mapping[str, str]

    @property
    def data(self) -> Path: ...


class Setting(Generic[T_co]):
    """One `BEDSIDE_*` variable: its meaning, its default, and how its text becomes a value."""

    kind = "text"

    def __init__(
        self,
        default: T_co | Callable[[Any], T_co],
        sentence: str,
        *,
        shown: str | None = None,
        is_secret: bool = False,
    ) -> None:
        self.default = default
        self.sentence = sentence
        self.shown_default = self.as_text(default) if shown is None else shown
        self.is_secret = is_secret
        self.variable = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.variable = f"BEDSIDE_{name.upper()}"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: HasData, owner: type) -> T_co: ...
    def __get__(self, instance: HasData | None, owner: type) -> Self | T_co:
        return self if instance is None else self.value_in(instance)

    def value_in(self, environment: HasData) -> T_co:
        """The value this setting has; an empty variable counts as absent. Raises `BadSetting`."""
        text = environment.source.get(self.variable, "").strip()
        if text:
            return self.parse(text)
        return self.default(environment) if callable(self.default) else self.default

    def parse(self, text: str) -> T_co:
        """The value that this text means."""
        raise self.refused(text, "another value")

    def as_text(self, value: object) -> str:
        """How the default is written in the documentation."""
        return "" if callable(value) else str(value)

    def refused(self, text: str, wanted: str) -> BadSetting:
        """The sentence for a value that cannot be used; a secret is never repeated in it."""
        given = "what it is set to" if self.is_secret else f"“{text[:80]}”"
        return BadSetting(f"{self.variable} needs {wanted}, and {given} is not; set it again or remove it.")


class Text(Setting[str]):
    """Any words."""

    def parse(self, text: str) -> str:
        return text


class Address(Setting[str]):
    """An address with one of a few schemes, kept without a slash at its end."""

    kind = "address"

    def __init__(
        self,
        default: str | Callable[[Any], str],
        sentence: str,
        *,
        schemes: tuple[str, ...],
        shown: str | None = None,
        is_secret: bool = False,
    ) -> None:
        super().__init__(default, sentence, shown=shown, is_secret=is_secret)
        self.schemes = schemes

    def parse(self, text: str) -> str:
        scheme, _, rest = text.partition("://")
        if scheme not in self.schemes or not rest.strip("/"):
            raise self.refused(
                text, f"an address that begins with {' or '.join(f'{s}://' for s in self.schemes)}"
            )
        return text.rstrip("/")


class Whole(Setting[int]):
    """A whole number within bounds."""

    kind = "whole number"

    def __init__(self, default: int, sentence: str, *, least: int = 0, most: int | None = None) -> None:
        super().__init__(default, sentence)
        self.least, self.most = least, most

    def parse(self, text: str) -> int:
        wanted = f"a whole number from {self.least}" + (
            f" to {self.most}" if self.most is not None else " up"
        )
        if not text.isascii() or not text.replace("_", "").isdigit():
            raise self.refused(text, wanted)
        value = int(text.replace("_", ""))
        if value < self.least or (self.most is not None and value > self.most):
            raise self.refused(text, wanted)
        return value


class YesNo(Setting[bool]):
    """Yes or no, written as 1 or 0, true or false, yes or no, on or off."""

    kind = "yes or no"

    def parse(self, text: str) -> bool:
        if text.lower() in YES:
            return True
        if text.lower() in NO:
            return False
        raise self.refused(text, "yes or no (1 or 0)")

    def as_text(self, value: object) -> str:
        return "yes" if value else "no"


class Choice(Setting[str]):
    """One of a few words."""

    def __init__(self, default: str, sentence: str, *, choices: tuple[str, ...]) -> None:
        super().__init__(default, sentence)
        self.choices = choices
        self.kind = "one of " + ", ".join(choices)

    def parse(self, text: str) -> str:
        if text.lower() not in self.choices:
            raise self.refused(text, "one of " + ", ".join(self.choices))
        return text.lower()


class Names(Setting[tuple[str, ...]]):
    """Names separated by commas."""

    kind = "names, separated by commas"

    def parse(self, text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def as_text(self, value: object) -> str:
        return ",".join(value) if isinstance(value, tuple) else str(value)


class Folder(Setting[Path]):
    """A folder; a relative one counts from where the command was started."""

    kind = "folder"

    def __init__(self, default: str, sentence: str) -> None:
        super().__init__(lambda _: Path(default).absolute(), sentence, shown=default)

    def parse(self, text: str) -> Path:
        return Path(text).expanduser().absolute()


class GeneratedKeys(Setting[tuple[str, ...]]):
    """Keys, newest first: given in the variable, or made at the first start and kept in a file of the data
    folder.

    The file holds one key a line and can be read by its owner only (mode 600). A key is 32 random bytes in
    URL-safe base64, the form that Fernet takes.
    """

    kind = "keys, separated by commas"

    def __init__(self, file_name: str, sentence: str) -> None:
        super().__init__((), sentence, shown=f"made at the first start, in {file_name}", is_secret=True)
        self.file_name = file_name

    def parse(self, text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def value_in(self, environment: HasData) -> tuple[str, ...]:
        return super().value_in(environment) or read_or_make(environment.data / self.file_name)


class GeneratedKey(Setting[str]):
    """One key of the same kind: given in the variable, or made at the first start and kept in the data
    folder.
    """

    kind = "key"

    def __init__(self, file_name: str, sentence: str) -> None:
        super().__init__("", sentence, shown=f"made at the first start, in {file_name}", is_secret=True)
        self.file_name = file_name

    def parse(self, text: str) -> str:
        return text

    def value_in(self, environment: HasData) -> str:
        return super().value_in(environment) or read_or_make(environment.data / self.file_name)[0]


def read_or_make(file: Path) -> tuple[str, ...]:
    """The keys in this file; a first one is made when there is none. Two processes that meet here agree on
    one.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(
            dir=file.parent, prefix=file.name
        )  # mode 600 from its first moment
        with os.fdopen(descriptor, "w") as out:
            out.write(base64.urlsafe_b64encode(os.urandom(32)).decode() + "\n")
        with contextlib.suppress(FileExistsError):  # another process was first, and then its key counts
            os.link(draft, file)
        os.unlink(draft)
    return tuple(line.strip() for line in file.read_text().splitlines() if line.strip())
