"""The pages of this room, a file for each: composer, post, calendar, lists, campaigns, queue."""
