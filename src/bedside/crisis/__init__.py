"""When everything has to stop: holds on a channel, an organization, or all sending."""
