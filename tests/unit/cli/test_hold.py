"""Who runs the machine can stop everything, and the record says so."""

import pytest

from bedside.audit.models import Record
from bedside.cli.main import main
from bedside.crisis.models import Hold


def test_everything_is_stopped_and_goes_on(db, capsys):
    assert main(["hold", "place", "A wrong notice is out"]) == 0
    assert Hold.objects.in_force().get().organization_id is None
    assert main(["hold", "list"]) == 0
    assert "A wrong notice is out" in capsys.readouterr().out
    assert main(["hold", "lift"]) == 0
    assert not Hold.objects.in_force().exists()
    assert set(Record.objects.values_list("verb", flat=True)) == {"hold.placed", "hold.lifted"}


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hold_without_a_reason_is_refused(db, capsys, reason):
    assert main(["hold", "place", reason]) == 1
    assert "why sending stops" in capsys.readouterr().err
