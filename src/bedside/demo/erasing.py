"""How does a published post go away again? Asked for with a reason, the evidence kept, then taken down.

This one is not told but done: the practice network knows the whole history by then and is asked to delete.
"""

from bedside.demo.people import Cast
from bedside.demo.shelf import words
from bedside.planning.models import Variant
from bedside.publishing.models import Delivery
from bedside.publishing.taking_down import delete_live, take_down


def erase_mistakes(cast: Cast) -> None:
    """Take down what `words/lives.yaml` says was published by mistake."""
    for entry in words("lives")["mishaps"]:
        if entry["life"] != "deleted":
            continue
        ours = Variant.objects.filter(post__organization=cast.organization, post__text=entry["text"])
        public = Delivery.objects.filter(subject_id__in=ours.values("pk"), state=Delivery.State.SENT)
        for delivery in public.select_related("channel"):
            attempt = delete_live(delivery, by=cast.members["marcus"], because=entry["because"])
            take_down(str(attempt.pk))
