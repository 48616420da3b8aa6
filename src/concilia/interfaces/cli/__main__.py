from __future__ import annotations

import sys

from concilia.interfaces.cli import main

sys.exit(main())
