"""What is in an uploaded file? Decided by its first bytes, never by its name or by what the browser says."""

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.files import draft_folder, refuse_if_full
from bedside.library.pictures import Cleaned, clean_picture
from bedside.library.videos import clean_video, is_mp4, other_film


class TooLarge(Refusal):
    """The file is larger than this installation takes. Web and API answer 413."""

    def __init__(self) -> None:
        super().__init__("too_large", too_large())


def too_large() -> str:
    """The sentence for a file over the limit, with the limit in megabytes."""
    return _(
        "This file is larger than %(megabytes)d MB, the most that can be uploaded here. Make it smaller."
    ) % {"megabytes": settings.BEDSIDE_MAX_UPLOAD_BYTES // 1_000_000}


def new_draft() -> Path:
    """A new name in the drafts' folder."""
    return draft_folder() / uuid4().hex


def receive(chunks: Iterable[bytes]) -> Path:
    """Write what arrives into a draft file, piece by piece; memory never holds the whole."""
    draft = new_draft()
    size = 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.BEDSIDE_MAX_UPLOAD_BYTES:
                    raise TooLarge
                file.write(chunk)
    except OSError as failed:
        draft.unlink(missing_ok=True)
        refuse_if_full(failed)
        raise
    except Refusal:
        draft.unlink(missing_ok=True)
        raise
    return draft


def clean(draft: Path) -> Cleaned:
    """The clean copy of a draft, as another draft. Refuses with a sentence what cannot be used."""
    with draft.open("rb") as file:
        head = file.read(64)
    if not head:
        raise Refusal("empty", _("This file is empty. Choose it again."))
    if is_mp4(head):
        return clean_video(draft, draft.parent)
    if name := other_film(head):
        wanted = "JPEG" if name == "AVIF" else "MP4"
        raise Refusal(
            "wrong_kind",
            _("This is a %(name)s file. Networks do not take it; export it as %(wanted)s and upload that.")
            % {"name": name, "wanted": wanted},
        )
    if head.startswith(b"%PDF-"):
        raise Refusal(
            "wrong_kind",
            _("This is a PDF. No network here takes one; export its pages as PNG or JPEG and upload those."),
        )
    try:
        return clean_picture(draft, draft.parent)
    except Refusal as refusal:
        if refusal.code != "not_a_picture":
            raise
        raise Refusal(
            "wrong_kind",
            _(
                "Bedside looked inside this file and found no picture (JPEG, PNG, GIF, WebP, HEIC) and no MP4 film. "
                "Choose another one."
            ),
        ) from None


def discard(draft: Path) -> None:
    """Remove a draft and whatever was made beside it."""
    for path in draft.parent.glob(f"{draft.name}*"):
        path.unlink(missing_ok=True)
