"""Check digits of payment references: ISO 11649 and what banks of single countries use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from concilia.kernel.references import is_valid_rf

_SWISS: Final = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_FINNISH: Final = (7, 3, 1)
BELGIAN_LENGTH: Final = 12
SWISS_LENGTHS: Final = frozenset({16, 27})
CHECKED_LENGTH_MIN: Final = 4


def _is_belgian(key: str) -> bool:
    stem = key.zfill(BELGIAN_LENGTH)
    return len(stem) == BELGIAN_LENGTH and (int(stem[:-2]) % 97 or 97) == int(stem[-2:])


def _is_finnish(key: str) -> bool:
    total = sum(int(d) * _FINNISH[n % 3] for n, d in enumerate(reversed(key[:-1])))
    return -total % 10 == int(key[-1])


def _is_swiss(key: str) -> bool:
    carry = 0
    for digit in key[:-1]:
        carry = _SWISS[(carry + int(digit)) % 10]
    return (10 - carry) % 10 == int(key[-1])


def _is_luhn(key: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(key)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)  # noqa: PLR2004 - the digits' sum
    return total % 10 == 0


_SCHEMES: Final[Mapping[str, Callable[[str], bool]]] = {
    "belgian": _is_belgian,
    "finnish": _is_finnish,
    "swiss": _is_swiss,
    "luhn": _is_luhn,
}


def schemes_of(key: str) -> frozenset[str]:
    """
    Return the schemes by which a reference is valid; one in ten is so by chance.

    :param key: letters and digits only
    """
    if key.startswith("RF"):
        return frozenset({"iso11649"} if is_valid_rf(key) else ())
    if len(key) < CHECKED_LENGTH_MIN or not (key.isascii() and key.isdecimal()):
        return frozenset()
    return frozenset(name for name, is_valid in _SCHEMES.items() if is_valid(key))


def common_schemes(keys: Iterable[str]) -> frozenset[str]:
    """Return the schemes by which all of these references are valid: then it is ours."""
    common: frozenset[str] | None = None
    for key in keys:
        valid = schemes_of(key)
        common = valid if common is None else common & valid
        if not common:
            break
    return common or frozenset()
