"""What every number means, in words for people, and what we call what the networks count.

The networks' own definitions stand on their cards; the sums that Bedside makes itself are defined here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bedside.networks.catalogue import UnknownNetwork, connector_of
from bedside.networks.words import translated

LEAST_POSTS = 5  # below so many posts a number for each post says nothing
LEAST_MESSAGES = 5

WORDS: dict[str, Promise] = {
    "reactions": _("Reactions"),
    "views": _("Views"),
    "likes": _("Likes"),
    "shares": _("Shares"),
    "replies": _("Replies"),
    "quotes": _("Quotes"),
    "saves": _("Saves"),
    "followers": _("Followers"),
}

POSTS = _(
    "Posts of ours that networks accepted in this period, in the organization's time zone. A post on three channels "
    "is one post."
)
RECEIVED = _(
    "What other people wrote to our channels in this period: comments, mentions, messages and reviews. Our own "
    "answers are not counted."
)
ANSWERED = _(
    "Of the messages that people wrote in this period, the share after which we wrote in the same conversation within "
    "24 hours. Messages younger than that count once they were answered."
)
REACTIONS = _(
    "Likes, shares, replies, quotes and saves together, as the networks counted them at our latest reading, divided "
    "by the posts on each channel of which we know them."
)
FOLLOWERS = _(
    "Accounts that follow the channels, as each network last told us, added up. Who follows two channels is "
    "counted twice."
)


def word_for(means: str, raw: str) -> str:
    """Our word for a kind of number; the network's raw name where we have none."""
    return str(WORDS.get(means) or raw)


def definition_of(network: str, raw: str) -> str:
    """What the network counts under this raw name, from its card, in the member's language."""
    try:
        metrics = connector_of(network).card.metrics
    except UnknownNetwork:
        return ""
    return next((translated(m.definition, _now) for m in metrics if m.name == raw), "")
