"""Finders in Python, for what phrases cannot say: numbers with check digits, links, roles, comparisons.

A rule file names its finder; `phrases` alone is the default. Every finder answers with hits in the fields it
was given and knows nothing of weights, waivers or screens.
"""

from bedside.guard.finders import alt_text, combinations, contacts, hidden, links, numbers, places, replies
from bedside.guard.hits import Finder

FINDERS: dict[str, Finder] = {
    "alt_text": alt_text.missing,
    "alt_text_unhelpful": alt_text.unhelpful,
    "ssn": numbers.ssn,
    "records": numbers.records,
    "licences": numbers.licences,
    "contacts": contacts.private,
    "combinations": combinations.of_details,
    "hidden": hidden.identifiers,
    "places": places.near_care,
    "patient_links": links.of_patients,
    "tracked_links": links.tracked_to_closed,
    "telling_links": links.telling,
    "shortened_links": links.shortened,
    "echo": replies.echoes,
    "reply_names": replies.names,
}
