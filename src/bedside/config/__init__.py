"""How is the house put together? Settings, addresses, and the wiring of one room's news to another's work."""
