"""Finders in Python, for what phrases cannot say: numbers with check digits, links, roles, comparisons.

A rule file names its finder; `phrases` alone is the default. Every finder answers with hits in the fields it
was given and knows nothing of weights, waivers or screens.
"""

from bedside.guard.finders import alt_text, contacts, numbers, replies
from bedside.guard.hits import Finder

FINDERS: dict[str, Finder] = {
    "alt_text": alt_text.missing,
    "alt_text_unhelpful": alt_text.unhelpful,
    "ssn": numbers.ssn,
    "records": numbers.records,
    "licences": numbers.licences,
    "contacts": contacts.private,
    "echo": replies.echoes,
    "reply_names": replies.names,
}
