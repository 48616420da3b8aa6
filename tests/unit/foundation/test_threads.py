"""Every process of ours keeps linear algebra to one thread, unless somebody wants it otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from concilia.foundation.threads import ONE_THREAD

TOLD = """
import json, os, sys
from concilia.interfaces.cli import main
assert "numpy" not in sys.modules
main(["--version"])
print(json.dumps(dict(os.environ)))
"""


@pytest.mark.parametrize("wanted", [{}, {"OPENBLAS_NUM_THREADS": "3"}])
def test_a_command_takes_one_thread_before_it_imports_numpy(wanted):
    own = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
    told = subprocess.run(
        [sys.executable, "-c", TOLD], env=own | wanted, capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    environment = json.loads(told)
    assert {name: environment[name] for name in ONE_THREAD} == ONE_THREAD | wanted
