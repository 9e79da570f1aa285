"""What a command says when the machine refuses it something: one sentence for a person, never an error number.

The causes are the operating system's (a file, a folder, the disk) and the database's. What a command itself
refuses, it says in its own words.
"""

import errno
import sys

_OF_FILES = {
    errno.ENOENT: "there is no {name}",
    errno.EACCES: "this account may not use {name}; give it the right, or run the command as Bedside's account",
    errno.EPERM: "this account may not use {name}; give it the right, or run the command as Bedside's account",
    errno.EISDIR: "{name} is a folder; name a file",
    errno.ENOTDIR: "{name} is not a folder, or stands below a file",
    errno.ENOSPC: "the disk is full; make room",
    errno.EROFS: "{name} is on a disk that cannot be written to",
}


def about_file(wrong: Exception) -> str:
    """What is amiss with a file or folder, as half a sentence without a full stop. Errors that are not of the
    operating system, and those with words of our own, speak for themselves.
    """
    if not isinstance(wrong, OSError) or wrong.errno is None:
        return str(wrong).rstrip(".")
    known = _OF_FILES.get(wrong.errno)
    if known:
        return known.format(name=wrong.filename or "such file")
    return f"{wrong.filename}: {wrong.strerror}" if wrong.filename else str(wrong.strerror)


def about_database(wrong: Exception) -> str | None:
    """What is amiss with the database as a whole sentence; None when the error is of another kind. Asks for
    Django only where a command has loaded it.
    """
    django = sys.modules.get("django.db.utils")
    if django is None or not isinstance(wrong, django.OperationalError | django.ProgrammingError):
        return None
    words = str(wrong).strip().partition("\n")[0]
    if "no such table" in words or "no such column" in words or "does not exist" in words:
        return (
            "The database is empty or of another version. Start Bedside once (bedside serve); it mends that."
        )
    if isinstance(wrong, django.OperationalError):
        return f"The database could not be used ({words}). See what is amiss with: bedside doctor"
    return None
