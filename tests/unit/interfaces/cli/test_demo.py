"""A demonstration company that another version built, or that was not finished, is built anew."""

from __future__ import annotations

import json

import pytest

from concilia.interfaces.cli import demo


def laid(home, stamp):
    (home / "pg").mkdir(parents=True)
    (home / "outbox").mkdir()
    if stamp is not None:
        (home / demo.STAMP).write_text(stamp)
    return home


@pytest.mark.parametrize("stamp", [None, "", "{}", json.dumps({"version": "of last year"})])
def test_of_what_is_not_this_versions_nothing_is_left(tmp_path, stamp):
    home = laid(tmp_path / "demo", stamp)

    assert not demo._is_built(home)
    assert list(home.iterdir()) == []


def test_what_this_version_built_stays(tmp_path):
    home = laid(tmp_path / "demo", json.dumps({"version": demo._version()}))

    assert demo._is_built(home)
    assert (home / "pg").is_dir()
