from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.world import tryton


@pytest.fixture(scope="session")
def tryton_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tryton.TrytonServer]:
    """One server for the whole run; each test makes invoices and references of its own."""
    if tryton.venv() is None:
        pytest.skip(f"{tryton.VARIABLE} names no virtual environment with Tryton")
    with tryton.running(tmp_path_factory.mktemp("tryton")) as server:
        yield server
