"""Are settings read as declared, and wrong ones refused with a sentence that names them?"""

import stat
import threading
from pathlib import Path

import pytest

from bedside.config.environment import BadSetting, Environment


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    env = Environment({})
    assert (env.port, env.host, env.practice_port) == (8000, "127.0.0.1", 8001)
    assert env.data == Path("var").absolute()
    assert env.sqlite_file.parent == env.data


def test_the_base_address_follows_the_port() -> None:
    assert Environment({"BEDSIDE_PORT": "9100"}).base_url == "http://127.0.0.1:9100"
    assert Environment({"BEDSIDE_PRACTICE_PORT": "9101"}).practice_url == "http://127.0.0.1:9101"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BEDSIDE_PORT", "eighty"),
        ("BEDSIDE_PORT", "70000"),
        ("BEDSIDE_PORT", "٨٠٨٠"),
        ("BEDSIDE_PORT", "_"),
        ("BEDSIDE_DEBUG", "perhaps"),
        ("BEDSIDE_LOG_LEVEL", "loud"),
        ("BEDSIDE_MAX_UPLOAD_BYTES", "12"),
        ("BEDSIDE_DATABASE_URL", "mysql://somewhere/bedside"),
        ("BEDSIDE_BASE_URL", "social.clinic.example"),
        ("BEDSIDE_EMAIL_URL", "smtp://"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_the_name_of_its_setting(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Environment({name: value}).check()


def test_a_secret_is_never_repeated_in_a_refusal() -> None:
    with pytest.raises(BadSetting) as refusal:
        Environment({"BEDSIDE_DATABASE_URL": "mysql://bedside:s3cret@db/bedside"}).check()
    assert "s3cret" not in str(refusal.value)


def test_an_address_is_kept_without_the_slash_at_its_end() -> None:
    assert (
        Environment({"BEDSIDE_BASE_URL": "https://social.clinic.example/"}).base_url
        == "https://social.clinic.example"
    )


def test_a_misspelled_setting_is_noticed() -> None:
    env = Environment({"BEDSIDE_PROT": "9000", "BEDSIDE_PORT": "9000", "PATH": "/bin"})
    assert env.unknown() == ["BEDSIDE_PROT"]


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    env = Environment({"BEDSIDE_DATA": str(tmp_path / "data")})
    assert env.secret_key == env.secret_key != ""
    assert len(env.encryption_keys) == 1
    for name in ("secret_key", "encryption_keys"):
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600


def test_a_key_that_is_given_wins_over_the_one_in_the_data_folder(tmp_path: Path) -> None:
    source = {"BEDSIDE_DATA": str(tmp_path), "BEDSIDE_ENCRYPTION_KEYS": "new, old"}
    assert Environment(source).encryption_keys == ("new", "old")
    assert not (tmp_path / "encryption_keys").exists()


def test_starters_that_meet_agree_on_one_key(tmp_path: Path) -> None:
    env = Environment({"BEDSIDE_DATA": str(tmp_path)})
    seen: set[str] = set()
    starters = [threading.Thread(target=lambda: seen.add(env.secret_key)) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(seen) == 1


def test_checking_the_settings_writes_nothing(tmp_path: Path) -> None:
    Environment({"BEDSIDE_DATA": str(tmp_path / "data")}).check()
    assert not (tmp_path / "data").exists()
