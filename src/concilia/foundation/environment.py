"""
Readers of environment variables that complain aloud.

A setting that is there but cannot be understood stops the program with its name, what was found
and what would be right; it is never replaced by a default in silence.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import parse_qsl, unquote, urlsplit

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


class SettingUnreadable(ValueError):
    """An environment variable has a value that makes no sense."""


def text(name: str, default: str = "") -> str:
    """This will read a variable without blanks around it; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def truth(name: str, *, default: bool) -> bool:
    """This will read yes or no."""
    value = text(name).lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise SettingUnreadable(f"{name} is “{value}”; write yes or no.")


def whole(name: str, default: int, *, low: int, high: int) -> int:
    """This will read a whole number from `low` to `high`, both included."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        raise SettingUnreadable(f"{name} is “{value}”; write a whole number from {low} to {high}.")
    return int(value)


def one_of(name: str, default: str, *, choices: tuple[str, ...]) -> str:
    """This will read one word out of a few."""
    value = text(name, default).lower() or default
    if value not in choices:
        raise SettingUnreadable(f"{name} is “{value}”; write one of {', '.join(choices)}.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """This will read a list separated by commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def networks(name: str, default: tuple[str, ...] = ()) -> list[IPv4Network | IPv6Network]:
    """This will read networks such as `10.0.0.0/8`, separated by commas."""
    try:
        return [ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise SettingUnreadable(f"{name}: {error}; write networks such as 10.1.0.0/16.") from error


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """A PostgreSQL database as libpq knows it."""

    name: str
    host: str
    port: str = ""
    user: str = ""
    password: str = ""
    options: dict[str, str]


def database_address(name: str) -> DatabaseAddress | None:
    """
    This will read `postgresql://user:password@host:port/name?option=value`; None when not set.

    A `host` among the options (a unix socket's folder) wins over the one before the slash.
    """
    value = text(name)
    if not value:
        return None
    shape = "postgresql://user:password@host:5432/database"
    try:
        parts = urlsplit(value)
        port = str(parts.port or "")
    except ValueError:
        raise SettingUnreadable(f"{name} cannot be read; write {shape}.") from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not database:
        raise SettingUnreadable(f"{name} does not name a PostgreSQL database; write {shape}.")
    options = dict(parse_qsl(parts.query))
    return DatabaseAddress(
        name=database,
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=options,
    )
