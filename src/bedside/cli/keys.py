"""`bedside keys`: make a new encryption key and write every secret anew under it.

Tokens of channels, secrets of webhooks and of second factors are sealed in the database (`foundation.secrets`). The
first key seals, all of them open; after a rotation the old ones can be taken away. Run it while Bedside is stopped, or
start Bedside again right after: running processes keep the keys that they began with.
"""

import argparse
import os

from cryptography.fernet import Fernet

from bedside.cli.setup import after_setup
from bedside.config.environment import env


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside keys`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    rotate = actions.add_parser("rotate", help="seal every secret anew under the first key")
    rotate.add_argument(
        "--new", action="store_true", help="make a new key first and put it before the others"
    )
    rotate.add_argument("--forget-old", action="store_true", help="take the other keys away afterwards")


def run(arguments: argparse.Namespace) -> int:
    """Rotate; status 1 when the keys are not in the data folder, where this command could change them."""
    file = env.data / "encryption_keys"
    changes_file = arguments.new or arguments.forget_old
    if changes_file and (os.environ.get("BEDSIDE_ENCRYPTION_KEYS") or not file.exists()):
        print(
            "The keys come from BEDSIDE_ENCRYPTION_KEYS. Put the new one first there, then run: bedside keys rotate"
        )
        return 1
    if arguments.new:
        _write([Fernet.generate_key().decode(), *env.encryption_keys])
    count = after_setup("bedside.people.resealing").reseal_everything()
    if arguments.forget_old:
        _write([env.encryption_keys[0]])
    print(
        f"{count} secrets are sealed under the first key. Start Bedside again, so that every process knows it."
    )
    return 0


def _write(keys: list[str]) -> None:
    """Replace the file of keys in one step, readable by nobody else."""
    file = env.data / "encryption_keys"
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("\n".join(keys) + "\n")
    os.replace(fresh, file)
