"""The demonstration clinic: an invented organization with people, channels, four months of history and a queue.

It is told through the same verbs that people use, at the times at which they would have used them.
"""
