"""`field__any_of=[…]`: thousands of values as one array, where `__in` makes a parameter of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Field, ForeignKey, IntegerField, Lookup, TextField


@ForeignKey.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """One of these plain values, of which there may be none; they are sent as one array."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401 - Django's own
        """The condition and its parameters."""
        column, parameters = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        field = getattr(field, "target_field", field)
        kind = "text" if isinstance(field, CharField | TextField) else field.db_type(connection)
        values: Sequence[Any] = list(self.rhs)
        if isinstance(field, IntegerField) and all(type(value) is int for value in values):
            return f"{column} = ANY(%s::{kind}[])", (*parameters, array_of_keys(values))
        values = [field.get_db_prep_value(value, connection) for value in values]
        if kind == "text" and all(type(value) is str for value in values):
            return f"{column} = ANY(%s::text[])", (*parameters, array_of_texts(values))
        return f"{column} = ANY(%s::{kind}[])", (*parameters, values)


def array_of_keys(keys: Sequence[int]) -> str:
    """Keys as the database writes an array: the driver would look at each of thousands."""
    return f"{{{','.join(map(str, keys))}}}"


def array_of_texts(texts: Sequence[str]) -> str | list[str]:
    """Texts as the database writes an array; left to the driver where one has marks of its own."""
    written = '","'.join(texts)
    if "\\" in written or written.count('"') != 2 * max(len(texts) - 1, 0):
        return list(texts)
    return f'{{"{written}"}}' if texts else "{}"
