"""The pages of the inbox: `reading` shows, `answering` and `tending` do, `saved` keeps the safe answers."""
