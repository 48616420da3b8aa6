from __future__ import annotations

import pytest

from concilia.foundation import environment
from concilia.foundation.environment import SettingUnreadable


class TestTruth:
    @pytest.mark.parametrize(
        ("value", "answer"), [("yes", True), ("1", True), ("On", True), ("no", False), ("0", False)]
    )
    def test_reads_the_usual_words(self, monkeypatch, value, answer):
        monkeypatch.setenv("CONCILIA_X", value)

        assert environment.truth("CONCILIA_X", default=not answer) is answer

    def test_is_the_default_where_nothing_is_set(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", " ")

        assert environment.truth("CONCILIA_X", default=True) is True

    def test_refuses_what_it_does_not_know(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", "maybe")

        with pytest.raises(SettingUnreadable, match="CONCILIA_X is “maybe”; write yes or no"):
            environment.truth("CONCILIA_X", default=True)


class TestWhole:
    def test_reads_a_number_within_its_bounds(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", "65535")

        assert environment.whole("CONCILIA_X", 1, low=1, high=65535) == 65535

    @pytest.mark.parametrize("value", ["0", "65536", "-1", "1.5", "many", "²"])
    def test_refuses_everything_else(self, monkeypatch, value):
        monkeypatch.setenv("CONCILIA_X", value)

        with pytest.raises(SettingUnreadable, match="whole number from 1 to 65535"):
            environment.whole("CONCILIA_X", 1, low=1, high=65535)


class TestOneOf:
    def test_names_the_choices_when_it_refuses(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", "ssl")

        with pytest.raises(SettingUnreadable, match="one of tls, none"):
            environment.one_of("CONCILIA_X", "tls", choices=("tls", "none"))


class TestWords:
    def test_takes_blanks_and_empty_words_away(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", "a.example, ,b.example")

        assert environment.words("CONCILIA_X") == ["a.example", "b.example"]


class TestDatabaseAddress:
    def test_is_none_where_nothing_is_set(self, monkeypatch):
        monkeypatch.delenv("CONCILIA_X", raising=False)

        assert environment.database_address("CONCILIA_X") is None

    def test_reads_every_part(self, monkeypatch):
        monkeypatch.setenv(
            "CONCILIA_X", "postgresql://anna:p%40ss%2F@db.example:5433/claims?sslmode=require"
        )

        address = environment.database_address("CONCILIA_X")

        assert address is not None
        assert (address.user, address.password) == ("anna", "p@ss/")
        assert (address.host, address.port, address.name) == ("db.example", "5433", "claims")
        assert address.options == {"sslmode": "require"}

    def test_takes_the_folder_of_a_unix_socket(self, monkeypatch):
        monkeypatch.setenv("CONCILIA_X", "postgresql://postgres@/claims?host=/run/postgresql")

        address = environment.database_address("CONCILIA_X")

        assert address is not None
        assert address.host == "/run/postgresql"
        assert address.options == {}

    @pytest.mark.parametrize(
        "value", ["mysql://host/db", "postgresql://host", "postgresql://host:port/db", "claims"]
    )
    def test_refuses_what_is_not_one_and_does_not_repeat_it(self, monkeypatch, value):
        monkeypatch.setenv("CONCILIA_X", value)

        with pytest.raises(SettingUnreadable, match="postgresql://user:password@host") as refused:
            environment.database_address("CONCILIA_X")

        assert value not in str(refused.value), "it may hold a password"
