"""The web application as servers want it: `concilia.config.wsgi:application`."""

from __future__ import annotations

import multiprocessing
import os
import signal

from django.core.wsgi import get_wsgi_application

from concilia.foundation.processes import end_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")

# Granian's worker processes would go on serving alone if it were killed.
if (server := multiprocessing.parent_process()) and server.pid:
    end_with(server.pid, signal.SIGKILL)

application = get_wsgi_application()
