"""Organizations, locations, clinicians, members, roles, powers and notices."""
