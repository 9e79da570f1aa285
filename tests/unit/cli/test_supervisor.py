"""Is an end that was told at any moment carried out? The supervisor takes the signals of its process, so it runs
in one of its own.
"""

import subprocess
import sys

TOLD_WHILE_IT_LOOKED = """
import os, signal, time
from bedside.cli.supervisor import Supervisor

def looked() -> bool:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.01)
    return False

supervisor = Supervisor(say=print, is_unwanted=looked)
supervisor.pause(0.01)
print(supervisor.asked_to_stop)
"""


def test_an_end_told_while_the_supervisor_looks_whether_it_is_wanted_is_not_forgotten() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_WHILE_IT_LOOKED], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", "")
