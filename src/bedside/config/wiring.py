"""Every "when X happens in one room, then Y in another" of the house, on one page.

Rooms on lower floors announce; those above are told here. Registries (subjects of deliveries,
navigation, today's items) are filled here too, so that no room imports one above it.
"""


def connect() -> None:
    """Connect the rooms. Called once, when all applications are loaded."""
