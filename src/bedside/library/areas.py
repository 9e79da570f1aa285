"""The parts of a picture that were seen in it, as areas that can be covered."""

from bedside.library.covering import Area, Way
from bedside.library.models import Asset


def areas_in(asset: Asset, way: Way = "box") -> list[tuple[Area, str, bool]]:
    """Each seen part with its words, and whether the guard found something in it.

    Assets that were looked at before areas were kept have their faces alone.
    """
    seen = asset.facts.get("areas")
    if seen is None:
        seen = [{"kind": "face", "box": box, "is_found": True} for box in asset.facts.get("face_boxes", ())]
    return [
        (_area(each["box"], each["kind"], way), each.get("words", ""), bool(each["is_found"]))
        for each in seen
        if "second" not in each or asset.kind == Asset.Kind.GIF
    ]


def _area(box: list[int], kind: str, way: Way) -> Area:
    x, y, width, height = box
    return Area(x, y, width, height, kind, way)


def readable_areas(asset: Asset) -> list[Area]:
    """Where letters or codes were seen: these are never blurred."""
    return [area for area, _words, _is_found in areas_in(asset) if area.kind in ("text", "code")]
