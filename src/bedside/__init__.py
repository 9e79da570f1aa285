"""Bedside: the social media desk for healthcare."""

__version__ = "0.1.0"
