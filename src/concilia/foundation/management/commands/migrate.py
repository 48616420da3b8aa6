"""Django's `migrate`, with a short way for a database that is empty."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.commands import migrate
from django.db import connections

from concilia.foundation.first_schema import lay_first_schema

# Who asks for these wants to see or do something else than the whole way.
PARTLY: Final = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(migrate.Command):
    """Brings a database to the shape this version needs."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django has it
        """This will lay the first schema where there is none, and apply what is missing."""
        if not any(options.get(name) for name in PARTLY):
            lay_first_schema(connections[options["database"]])
        super().handle(*args, **options)
