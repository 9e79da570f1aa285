"""Trying to break sending: workers are killed, answers lost, the database cut, and then everything is counted.

`python -m bedside.faults --help` says how. It works in a folder of its own with its own practice network, and leaves
nothing behind. Nothing in the product imports this package.
"""
