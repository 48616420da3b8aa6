"""`field__any_of=[…]`: thousands of values as one array, where `__in` makes a parameter of each."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Field, ForeignKey, Lookup, TextField


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
        values = [field.get_db_prep_value(value, connection) for value in self.rhs]
        return f"{column} = ANY(%s::{kind}[])", (*parameters, values)
