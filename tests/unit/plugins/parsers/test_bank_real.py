"""
Other people's bank files against what is expected beside them; the counts are in the report.

OFX, CFONB and Norma 43 come with expectations in words only, so they stand here in figures.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed, parser_for

ROOT = Path(__file__).parents[4]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
BANK = REAL / "02-bank-statements"

pytestmark = pytest.mark.skipif(
    not BANK.is_dir(), reason="no real bank files: set CONCILIA_REAL_DATA"
)


def read(path: Path, document_format: str | None = None) -> ParsedDocument:
    content = path.read_bytes()
    found = document_format or detect(content, path.name) or ""
    parser = parser_for(found)
    assert parser is not None, found
    return parser.parse(Source(content, path.name, found))


def figures(parsed: ParsedDocument) -> list[tuple[int, str, str]]:
    """Of every account: how many entries, their sum with its sign, the closing balance."""
    assert parsed.statement is not None
    found = []
    for account in parsed.statement.accounts:
        total = sum(e.amount if e.direction == "in" else -e.amount for e in account.entries)
        closing = next((str(b.amount) for b in account.balances if b.kind == "CLBD"), "")
        found.append((len(account.entries), f"{Decimal(total):.2f}", closing))
    return found


def agreed(record_property, outcome: dict[str, bool]) -> None:
    record_property("agreement", f"{sum(outcome.values())} of {len(outcome)} files agree")
    assert [name for name, is_right in outcome.items() if not is_right] == []


CFONB = {
    "example.txt": ([(3, "-50.81", "-241.21"), (3, "77.49", "-163.72")], ()),
    "end_of_statement_without_beginning.txt": (
        [(1, "-10.70", "-241.21")],
        ("is not the old one", "record 07 outside of a statement"),
    ),
    "invalid_date.txt": ([(1, "-10.70", "-241.21")], ("no readable date: 'CART'",)),
    "new_statement_without_previous_ended.txt": (
        [(1, "-10.70", ""), (1, "-7.90", "-163.72")],
        ("the one before has no end (07)",),
    ),
    "operation_detail_without_operation.txt": (
        [(1, "-10.70", "-241.21")],
        ("05 without an operation",),
    ),
    "operation_out_of_statement.txt": (
        [(1, "-10.70", "-241.21")],
        ("record 04 outside of a statement",),
    ),
    "operation.txt": (None, ("record 04 outside of a statement",)),
    "operation_already_defined.txt": (None, ("record 04 outside of a statement",)),
    "operation_unstarted.txt": (None, ("record 05 outside of a statement",)),
}
NORMA43 = {
    "example1.n43": (
        [(4, "49.36", "788899999999.99")],
        ("the bank says 4 of 49.36", "the bank says 2 of 9999.99", "the new balance"),
    ),
    "example2.n43": ([(4, "342.78", "")], ("it is cut off",)),
}
OFX = {
    "account_listing_aggregation.ofx": (None, ("no bank statement in the OFX file",)),
    "anzcc.ofx": ([(1, "-5.50", "-123.45")], ()),
    "bank_medium.ofx": ([(3, "-345.27", "382.34")], ()),
    "bank_small.ofx": (None, ("no bank statement",)),
    "checking.ofx": ([(3, "-59.50", "100.99")], ()),
    "error_message.ofx": (None, ("General Server Error (2000)",)),
    "multiple_accounts.ofx": ([(0, "0.00", "111"), (0, "0.00", "222")], ()),
    "multiple_accounts2.ofx": ([(0, "0.00", "111"), (0, "0.00", "222")], ()),
    "ofx-v102-empty-tags.ofx": ([(1, "12.34", "")], ("names no currency, AUD",)),
    "signon_fail.ofx": (None, ("invalid identification code",)),
    "signon_success.ofx": (None, ("no bank statement",)),
    "signon_success_no_message.ofx": (None, ("no bank statement",)),
    "suncorp.ofx": ([(1, "-16.85", "1234.12")], ()),
    "date_missing.ofx": ([(0, "0.00", "0")], ("'' is no date", "'20120231' is no date")),
    "decimal_error.ofx": ([(0, "0.00", "0")], ("'$120' is no amount",)),
    "empty_balance.ofx": ([(1, "120.00", "")], ()),
}


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("pennylane-hq+cfonb", CFONB),
        ("sequra+norma43_parser", NORMA43),
        ("jseutter+ofxparse", OFX),
    ],
)
def test_figures_and_warnings(folder, expected, record_property):
    outcome = {}
    for path in sorted(path for path in (BANK / folder).glob("**/*") if path.is_file()):
        accounts, said = expected[path.name]
        try:
            parsed = read(path)
            found, warnings = figures(parsed), parsed.warnings
        except ParserFailed as error:
            found, warnings = None, (str(error),)
        complete = bool(warnings) == bool(said)
        heard = all(any(words in each for each in warnings) for words in said)
        outcome[path.name] = found == accounts and complete and heard

    assert len(outcome) == len(expected)
    agreed(record_property, outcome)


class _Loader(yaml.SafeLoader):
    """The files name classes of another program; only the values in them count."""


def _values(loader: _Loader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        yield found
        found.update(loader.construct_mapping(node))
    elif isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        yield items
        items.extend(loader.construct_sequence(node))
    else:
        yield loader.construct_scalar(node)


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _values)


def mt940_files() -> list[Path]:
    return sorted((BANK / "wolph+mt940").glob("**/*.sta"))


def test_mt940_has_the_amounts_that_are_expected(record_property):
    """A fragment without its beginning (:20:) is no statement, and says so."""
    outcome = {}
    for path in mt940_files():
        expected = yaml.load(path.with_suffix(".yml").read_text(), _Loader)
        amounts = sorted(
            abs(Decimal(each["data"]["amount"]["amount"][0]))
            for each in (expected or {}).get("transactions", [])
        )
        try:
            parsed = read(path, "mt940")
            assert parsed.statement is not None
            found = sorted(e.amount for a in parsed.statement.accounts for e in a.entries)
            outcome[path.name] = found == amounts or bool(parsed.warnings)
        except ParserFailed as error:
            outcome[path.name] = ":20:" in str(error) or "damaged" in str(error)

    assert len(outcome) >= 38
    agreed(record_property, outcome)


def test_bai2_agrees_with_its_own_totals(record_property):
    """Every account's transactions are as many as its control record counts."""
    outcome = {}
    for path in sorted((BANK / "moov-io+bai2").glob("**/sample*.txt")):
        if path.parent.name == "errors":
            with pytest.raises(ParserFailed, match="no account record"):
                read(path, "bai2")
            continue
        parsed = read(path, "bai2")
        assert parsed.statement is not None
        text = path.read_text().replace("/ 16,", "/\n16,")
        details = sum(line.startswith("16,") for line in text.splitlines())
        found = sum(len(account.entries) for account in parsed.statement.accounts)
        outcome[path.name] = found == details or bool(parsed.warnings)

    agreed(record_property, outcome)
