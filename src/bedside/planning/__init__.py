"""What we intend to say: campaigns, calendar, posts, variants, clearance."""
