"""Keys are rotated without anybody having to connect a channel again."""

from cryptography.fernet import Fernet
from tests.fixtures.clinic import clinic

from bedside.foundation import clock
from bedside.foundation.secrets import unseal
from bedside.networks.models import Channel
from bedside.people.resealing import reseal_everything

__all__ = ["clinic"]

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_every_secret_opens_with_the_new_key_alone(clinic, settings):
    settings.BEDSIDE_ENCRYPTION_KEYS = [OLD]
    channel = Channel.objects.create(
        organization=clinic.organization,
        network="practice",
        remote_id="1",
        handle="riverside",
        name="Riverside",
        credentials={"access_token": "hush"},
        connected_at=clock.now(),
    )
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW, OLD]
    assert reseal_everything() == 1
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW]
    channel.refresh_from_db()
    assert channel.credentials == {"access_token": "hush"}


def test_a_second_factor_survives_the_rotation(clinic, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.BEDSIDE_ENCRYPTION_KEYS = [OLD]
    secret = generate_totp_secret()
    totp = TOTP.activate(clinic.administrator.user, secret)
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW, OLD]
    assert reseal_everything() >= 1
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW]
    totp.instance.refresh_from_db()
    assert unseal(totp.instance.data["secret"]) == secret
