from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.world import dovecot
from tests.world.dovecot import ImapServer


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    """One mail server for all tests; each uses mailboxes of its own."""
    if dovecot.available() is None:
        pytest.skip("no Dovecot on this machine")
    with dovecot.running() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return dovecot.a_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def secure_imap(certificate: tuple[Path, Path]) -> Iterator[ImapServer]:
    """The same with encryption, under a certificate only those trust who were told to."""
    if dovecot.available() is None:
        pytest.skip("no Dovecot on this machine")
    with dovecot.running(certificate) as server:
        yield server
