"""Under which settings do the tests run? Those of the product, in a temporary data folder, on the chosen
database.

`BEDSIDE_TEST_DATABASE=postgres` puts the tests on a private PostgreSQL cluster; otherwise they run on a
SQLite file. The variables are set here, before the product reads them, because Django is set up before any
fixture exists.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.fixtures.servers import start_postgres

KEPT = {
    f"BEDSIDE_{name}"
    for name in (
        *("CHROMIUM", "CONTRACTS", "DATABASE_URL", "FAULTS"),
        *("TEST_DATABASE", "TEST_SERVERS", "TEST_SHARED"),
    )
}
"""What says how the tests run; every other setting of the terminal is put aside."""


def prepare() -> None:
    """Set the environment that the product's settings are read from, once for all processes of this run."""
    if "BEDSIDE_TEST_FOLDER" in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("BEDSIDE_") and name not in KEPT]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="bedside-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["BEDSIDE_TEST_FOLDER"] = os.environ["BEDSIDE_DATA"] = folder
    (Path(folder) / "static").mkdir()  # as `bedside serve` does before Django looks for it
    if os.environ.get("BEDSIDE_TEST_DATABASE") == "postgres":
        os.environ["BEDSIDE_DATABASE_URL"] = start_postgres().url


prepare()

from bedside.config.settings import *  # noqa: E402, F403  # the tests change some of them, after the environment is set
from bedside.config.settings import BEDSIDE_DATA, DATABASES  # noqa: E402  # read from the environment set above

BEDSIDE_INSISTS_ON_RECORDS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # real ones are slow on purpose

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file and not memory: readers and writers must meet as they do in the product. It need not survive a
    # power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(BEDSIDE_DATA / "tests.sqlite3")}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
