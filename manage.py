"""Django's own commands, for developers: `.venv/bin/python manage.py makemigrations`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from concilia.foundation import embedded_postgres

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
    embedded_postgres.ensure()
    execute_from_command_line(sys.argv)
