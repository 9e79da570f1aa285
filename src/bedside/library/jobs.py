"""What the worker does for this room: looking at pictures, once for each, in the background."""

from datetime import timedelta

from bedside.foundation import clock
from bedside.foundation.work import every, job
from bedside.library import files
from bedside.library.judging import note_facts
from bedside.library.looking import look_at
from bedside.library.models import Asset

FORGOTTEN = timedelta(minutes=1)
AT_ONCE = 20


@job
def judge_asset(asset_id: str) -> None:
    """Look at one asset, unless that was done. A film is not looked into; its words are judged."""
    asset = Asset.objects.filter(pk=asset_id, judged_at=None).first()
    if asset is None:
        return
    seen = look_at(files.path_of(asset.clean_path)) if asset.kind in ("image", "gif") else {}
    note_facts(asset, seen)


@every(seconds=60)
def judge_forgotten() -> None:
    """Look at what waits since more than a minute: the engine may lose a call, the row does not."""
    waiting = Asset.objects.filter(judged_at=None, uploaded_at__lt=clock.now() - FORGOTTEN)
    for pk in waiting.order_by("uploaded_at").values_list("pk", flat=True)[:AT_ONCE]:
        judge_asset(str(pk))
