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
    writing,
)
from bedside.guard.hits import Finder

# What must be announced in some field before a finder is asked at all; finders not named here ask quickly themselves.
TRIGGERS: dict[str, str] = {
    "combinations": combinations.SOMEBODY,
    "disclosure": honesty.CONNECTED_OR_TAGGED,
    "places": places.ONE,
    "testimonial_state": honesty.TESTIMONIAL,
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
    "ssn": numbers.ssn,
    "styled_letters": writing.styled_letters,
    "telling_links": links.telling,
    "testimonial_state": honesty.limited_testimonial,
    "tracked_links": links.tracked_to_closed,
    "unseen_media": media_states.unseen,
    "withheld_media": media_states.withheld,
    "video_captions": depictions.uncaptioned,
}
