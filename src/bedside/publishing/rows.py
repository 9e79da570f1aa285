"""Writing many rows of one table at once, each with values of its own: one statement for all of them.

A burst writes two rows' worth of changes for every delivery. One `UPDATE` through the query builder for each costs the
worker more than the call to the network does.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

Row = tuple[object, Sequence[object]]
"""A row's primary key and its new values, in the order of the names."""


def write_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Set the fields `names` of each row to its own values: aware times, UUIDs, JSON and what SQL knows.

    Whether a row may be written is for the caller to know: lock them first, in this transaction.
    """
    if not rows:
        return
    fields = [_key(model), *(model._meta.get_field(name) for name in names)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_from_json(model, fields), [_as_json(fields, rows)])
        else:
            cursor.executemany(_one_by_one(model, fields), _prepared(fields, rows))


def _key(model: type[models.Model]) -> "models.Field[Any, Any]":
    key = model._meta.pk
    assert key is not None  # noqa: S101  # only abstract models have none
    return key


def _from_json(model: type[models.Model], fields: Sequence[Any]) -> str:
    """All rows in one statement, which PostgreSQL parses and plans once. As JSON, because quoting JSON columns inside
    arrays takes the client longer than everything else.
    """
    columns = [_quoted(field.column) for field in fields]
    types = ", ".join(f"{c} {f.cast_db_type(connection)}" for c, f in zip(columns, fields, strict=True))
    changes = ", ".join(f"{column} = v.{column}" for column in columns[1:])
    table, key = _quoted(model._meta.db_table), columns[0]
    return (
        f"UPDATE {table} SET {changes} FROM json_to_recordset(%s::json) AS v({types})"  # noqa: S608  # our own names
        f" WHERE {table}.{key} = v.{key}"
    )


def _as_json(fields: Sequence[Any], rows: Sequence[Row]) -> str:
    names = [field.column for field in fields]
    return json.dumps([dict(zip(names, (key, *own), strict=True)) for key, own in rows], default=str)


def _one_by_one(model: type[models.Model], fields: Sequence[Any]) -> str:
    """One statement that SQLite prepares once and runs for each row."""
    key, *others = (_quoted(field.column) for field in fields)
    changes = ", ".join(f"{column} = %s" for column in others)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {key} = %s"  # noqa: S608  # our own names


def _prepared(fields: Sequence[Any], rows: Sequence[Row]) -> list[list[Any]]:
    """Each row as SQLite takes it, its key last."""
    key_field, *others = fields
    return [
        [
            *(f.get_db_prep_save(value, connection) for f, value in zip(others, own, strict=True)),
            key_field.get_db_prep_save(key, connection),
        ]
        for key, own in rows
    ]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
