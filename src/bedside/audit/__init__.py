"""The record: append-only, hash-chained. Everyone writes to it; it knows nobody."""
