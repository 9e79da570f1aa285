"""How Bedside speaks with each social network. Start at `contract`; `catalogue` knows who is there."""
