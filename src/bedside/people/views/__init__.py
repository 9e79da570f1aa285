"""The pages of this room: the entrance, the organization and its directory, members, keys."""
