"""The web application as servers want it: `concilia.config.wsgi:application`."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from concilia.foundation.memory import keep_what_is_loaded
from concilia.foundation.processes import end_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")

# Granian's worker processes would go on serving alone if it were killed.
if (server := multiprocessing.parent_process()) and server.pid:
    end_with(server.pid, signal.SIGKILL)

application = get_wsgi_application()
importlib.import_module(settings.ROOT_URLCONF)  # and by it every page, before its first reader
keep_what_is_loaded()
