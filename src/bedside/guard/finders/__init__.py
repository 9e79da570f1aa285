"""Finders in Python, for what phrases cannot say: numbers with check digits, links, roles, comparisons.

A rule file names its finder; `phrases` alone is the default. Every finder answers with hits in the fields it
was given and knows nothing of weights, waivers or screens.
"""

from bedside.guard.finders import (
    alt_text,
    birthdays,
    combinations,
    contacts,
    depictions,
    emergencies,
    hidden,
    honesty,
    links,
    media_states,
    numbers,
    picture_names,
    places,
    quotes,
    replies,
    social,
    writing,
)
from bedside.guard.hits import Finder
from bedside.guard.signs import Signs, trait
from bedside.guard.traits import (
    ADDRESSES,
    AT,
    DIGITS,
    DOT,
    EMOJI,
    FOREIGN_LETTERS,
    HASH,
    MEDIA,
    NETWORK_ADDRESS,
    PARENT,
    QUOTE,
)

# What must stand in some field before a finder is asked at all: of each clause, one of its signs or phrases. Finders
# not named here are asked about every text. Parents and media belong to every field.
Clause = tuple[str | Signs, ...]
Trigger = tuple[Clause, ...]

_DIGITS: Clause = (trait(DIGITS),)
_MEDIA: Trigger = ((trait(MEDIA),),)
_LINKS: Trigger = ((trait(ADDRESSES),),)

TRIGGERS: dict[str, Trigger] = {
    "alt_text": _MEDIA,
    "alt_text_unhelpful": _MEDIA,
    "birth_dates": (_DIGITS, (birthdays.SIGNS,)),
    "clinical_pictures": _MEDIA,
    "combinations": ((combinations.SOMEBODY,), combinations.CARE),
    "contacts": ((contacts.SIGNS,),),
    "copied": ((honesty.COPIED,),),
    "covered_faces": _MEDIA,
    "disclosure": ((honesty.CONNECTED_OR_TAGGED,), (honesty.CONNECTED, honesty.PRAISE)),
    "echo": ((trait(PARENT),),),
    "emergencies": ((emergencies.URGENT, trait(PARENT)),),
    "emoji": ((trait(EMOJI),),),
    "faces": _MEDIA,
    "faces_seen": _MEDIA,
    "faint_words": _MEDIA,
    "flashing_films": _MEDIA,
    "hashtag_case": ((trait(HASH),),),
    "hidden": ((trait(DOT, MEDIA),),),
    "image_of_text": _MEDIA,
    "licences": (_DIGITS, (numbers.LICENCE_SIGNS,)),
    "patient_links": ((trait(ADDRESSES, NETWORK_ADDRESS, AT),),),
    "picture_names": _MEDIA,
    "picture_text": _MEDIA,
    "places": ((places.ONE,), (places.CARE,)),
    "quotes": ((trait(QUOTE),),),
    "records": (_DIGITS, (numbers.RECORD_SIGNS,)),
    "reply_names": ((Signs(lists=frozenset(("anybody",))),),),
    "shortened_links": _LINKS,
    "sounding_films": _MEDIA,
    "sources": ((honesty.SHARE_SIGNS, honesty.OTHER_CLAIMS), (honesty.HEALTH,)),
    "ssn": (_DIGITS, (social.SOCIAL_SIGNS,)),
    "styled_letters": ((trait(FOREIGN_LETTERS),),),
    "telling_links": _LINKS,
    "testimonial_state": ((honesty.TESTIMONIAL,),),
    "tracked_links": _LINKS,
    "unanswered": ((trait(PARENT),),),
    "unseen_media": _MEDIA,
    "video_captions": _MEDIA,
    "withheld_media": _MEDIA,
}

FINDERS: dict[str, Finder] = {
    "alt_text": alt_text.missing,
    "alt_text_unhelpful": alt_text.unhelpful,
    "birth_dates": birthdays.of_somebody,
    "covered_faces": media_states.covered,
    "clinical_pictures": depictions.clinical,
    "combinations": combinations.of_details,
    "contacts": contacts.private,
    "copied": honesty.copied,
    "disclosure": honesty.undisclosed,
    "echo": replies.echoes,
    "emergencies": emergencies.misdirected,
    "emoji": writing.emoji,
    "faces_seen": media_states.faces_seen,
    "faint_words": media_states.faint,
    "flashing_films": media_states.flashing,
    "faces": depictions.faces,
    "hashtag_case": writing.hashtag_case,
    "hidden": hidden.identifiers,
    "image_of_text": depictions.only_in_picture,
    "licences": numbers.licences,
    "patient_links": links.of_patients,
    "picture_names": picture_names.named,
    "picture_text": depictions.written,
    "places": places.near_care,
    "profile_notices": depictions.profile_notices,
    "quotes": quotes.of_patients,
    "reading_grade": writing.reading_grade,
    "records": numbers.records,
    "reply_names": replies.names,
    "shortened_links": links.shortened,
    "sounding_films": media_states.sounding,
    "sources": honesty.unsourced,
    "ssn": social.ssn,
    "styled_letters": writing.styled_letters,
    "telling_links": links.telling,
    "testimonial_state": honesty.limited_testimonial,
    "tracked_links": links.tracked_to_closed,
    "unanswered": emergencies.unanswered,
    "unseen_media": media_states.unseen,
    "withheld_media": media_states.withheld,
    "video_captions": depictions.uncaptioned,
}
