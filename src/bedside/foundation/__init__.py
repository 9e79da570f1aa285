"""The floor every room stands on: clock, ids, the door to the internet, secrets, work, news and words."""
