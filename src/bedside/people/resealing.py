"""Writing every sealed secret of the installation anew under the first key.

Sealed fields are found by their type in all models, so that a room that begins to keep secrets need not remember this
place; second factors are django-allauth's and keep theirs inside a JSON value.
"""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from bedside.foundation.secrets import SealedField, SecretUnreadable, reseal

FACTOR_SECRETS = ("secret", "seed", "migrated_codes")


def reseal_everything() -> int:
    """Reseal all of it in one transaction; returns how many. A secret that no key opens stops it, changed nothing."""
    with transaction.atomic():
        return sum(_reseal_field(model, field) for model, field in _sealed_fields()) + _reseal_factors()


def _sealed_fields() -> list[tuple[type[models.Model], models.Field]]:  # type: ignore[type-arg]  # any sealed value
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedField)
    ]


def _reseal_field(model: type[models.Model], field: models.Field) -> int:  # type: ignore[type-arg]  # any sealed value
    """Reads and writes the sealed text itself: the value never needs to be opened."""
    table, column = (
        connection.ops.quote_name(model._meta.db_table),
        connection.ops.quote_name(str(field.column)),
    )
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608  # our own names
        rows = cursor.fetchall()
        for pk, sealed in rows:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [reseal(sealed), pk])  # noqa: S608  # our own names
    return len(rows)


def _reseal_factors() -> int:
    count = 0
    for factor in Authenticator.objects.select_for_update(no_key=True):
        for name in FACTOR_SECRETS:
            if isinstance(sealed := factor.data.get(name), str):
                try:
                    factor.data[name] = reseal(sealed)
                except SecretUnreadable:
                    continue  # allauth keeps some values in the clear under the same names
                count += 1
        factor.save(update_fields=["data"])
    return count
