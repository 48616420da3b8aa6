"""The embedded server takes what the machine can spare, or the container may take."""

from __future__ import annotations

import pytest

from concilia.foundation.embedded_postgres.keeper import settings_for
from concilia.foundation.memory import memory_bytes

GIB = 2**30


@pytest.mark.parametrize(
    ("memory", "shared", "cached"),
    [
        (GIB // 2, "128MB", "256MB"),
        (4 * GIB, "512MB", "2048MB"),
        (24 * GIB, "2048MB", "12288MB"),
    ],
)
def test_an_eighth_is_the_servers_own(memory, shared, cached):
    settings = settings_for(memory)
    assert settings["shared_buffers"] == shared
    assert settings["effective_cache_size"] == cached
    assert settings["jit"] == "off"


def test_what_the_container_may_take_counts(tmp_path):
    limit, unlimited = tmp_path / "memory.max", tmp_path / "limit_in_bytes"
    limit.write_text("268435456\n")
    unlimited.write_text("max\n")
    assert memory_bytes([limit, unlimited]) == 268_435_456
    assert memory_bytes([unlimited, tmp_path / "missing"]) > GIB // 4
