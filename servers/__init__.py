"""Servers that nobody here wrote, for the connectors to be tested against. `python -m servers` says how."""
