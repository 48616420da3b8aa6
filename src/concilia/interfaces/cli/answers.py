"""How the calculators read their options and write their one JSON object."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,12})?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
UNREADABLE, MISUSED = 1, 2


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add what every calculator has: `--explain` and `--out`."""
    parser.add_argument(
        "--explain", action="store_true", help="add the rows, rates and rule ids behind the answer"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the answer there")


def write_answer(answer: Mapping[str, object], options: argparse.Namespace) -> None:
    """
    Write the answer as one line of JSON, to standard output or the file asked for.

    :raises SystemExit: with 2 if that file cannot be written
    """
    text = json.dumps(answer, ensure_ascii=False) + "\n"
    if options.out is None:
        sys.stdout.write(text)
        return
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise SystemExit(misused(f"{options.out} cannot be written: {problem.strerror}")) from None


def misused(sentence: object) -> int:
    """Say in one sentence what is wrong with the call; return the exit code for it."""
    sys.stderr.write(f"{sentence}\n")
    return MISUSED


def a_date(text: str) -> date:
    """Read a date such as 2026-01-31."""
    sentence = f"{text[:40]!r} is not a date like 2026-01-31"
    if not _DATE.fullmatch(text):
        raise argparse.ArgumentTypeError(sentence)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(sentence) from None


def a_moment(text: str) -> datetime:
    """Read a date with or without a time; without zone it stays without."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r} is not a time like 2026-01-31T16:30 or 2026-01-31T16:30+01:00"
        ) from None


def a_decimal(text: str) -> Decimal:
    """Read a decimal number such as 10.15."""
    if not _DECIMAL.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number like 10.15")
    return Decimal(text)


def a_count(text: str) -> int:
    """Read a whole number, zero or more."""
    if not _COUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number like 12")
    return int(text)
