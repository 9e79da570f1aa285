"""The practice network: a small social network to try, train and test on, as a program of its own.

It answers the question "what would a network do with this?" without anything leaving the machine. It knows no other
room of the house and no Django; the connector that speaks to it lives in `bedside.networks.practice`.
"""

VERSION = "1.0"
