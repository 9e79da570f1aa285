"""What the worker does for this room: looking at pictures and films, once for each, in the background."""

from datetime import timedelta

from bedside.foundation import clock
from bedside.foundation.work import every, job
from bedside.library import files
from bedside.library.judging import note_facts, note_progress
from bedside.library.looking import Subject, look_at
from bedside.library.models import Asset

FORGOTTEN = timedelta(minutes=1)
FILMS_FORGOTTEN = timedelta(minutes=15)  # longer than looking at one takes
AT_ONCE = 20


@job
def judge_asset(asset_id: str) -> None:
    """Look at one asset, unless that was done."""
    asset = Asset.objects.filter(pk=asset_id, judged_at=None).select_related("organization").first()
    if asset is not None:
        note_facts(asset, look_at(_subject(asset)), captions_path=asset.captions_path)


@every(seconds=60)
def judge_forgotten() -> None:
    """Look at what waits since more than a minute: the engine may lose a call, the row does not."""
    now = clock.now()
    waiting = Asset.objects.filter(judged_at=None, uploaded_at__lt=now - FORGOTTEN)
    slow = waiting.filter(kind=Asset.Kind.VIDEO, uploaded_at__gte=now - FILMS_FORGOTTEN)
    waiting = waiting.exclude(pk__in=slow.values("pk"))
    for pk in waiting.order_by("uploaded_at").values_list("pk", flat=True)[:AT_ONCE]:
        judge_asset(str(pk))


def _subject(asset: Asset) -> Subject:
    captions = files.path_of(asset.captions_path) if asset.captions_path else None
    return Subject(
        files.path_of(asset.clean_path),
        asset.organization,
        captions,
        lambda percent: note_progress(asset, percent),
    )
