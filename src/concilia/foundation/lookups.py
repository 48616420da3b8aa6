"""`field__any_of=[…]`: thousands of values as one array, where `__in` makes a parameter of each."""

from __future__ import annotations

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
        values = list(self.rhs)
        if isinstance(field, IntegerField) and all(type(value) is int for value in values):
            keys = ",".join(map(str, values))  # most are keys: they need no look at each
            return f"{column} = ANY(%s::{kind}[])", (*parameters, f"{{{keys}}}")
        values = [field.get_db_prep_value(value, connection) for value in values]
        return f"{column} = ANY(%s::{kind}[])", (*parameters, values)
