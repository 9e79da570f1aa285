"""What people type into addresses and fields, as every database can keep it."""


def kept(typed: str) -> str:
    """The same text without the one character that PostgreSQL keeps in no text, and that nobody means: NUL."""
    return typed.replace("\x00", "")
