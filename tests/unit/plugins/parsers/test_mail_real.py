"""Other people's mails and tables against what is expected beside them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.core.thread import split
from concilia.documents.ports import parser_for

ROOT = Path(__file__).parents[4]
REAL = Path(os.environ.get("CONCILIA_REAL_DATA", ROOT.parent / "shared/data/real"))
TNEF = REAL / "06-email/koodaamo+tnefparse/tests/examples"
REPLIES = REAL / "06-email/mailgun+talon/tests/fixtures/standard_replies"
TABLES = REAL / "09-hostile/max-mapper+csv-spectrum"

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="no real mails: set CONCILIA_REAL_DATA")

# Files by their long names, and how the words begin: the library's own tests say which have any.
WINMAIL = {
    "body.tnef": ([], "THE BILL OF RIGHTS"),
    "data-before-name.tnef": (["AUTOEXEC.BAT", "CONFIG.SYS", "boot.ini"], "asdf"),
    "garbage-at-end.tnef": ([], ""),
    "long-filename.tnef": (["allproductsmar2000.dat"], "I've attached a temp. license"),
    "multi-name-property.tnef": ([], ""),
    "one-file.tnef": (["AUTHORS"], ""),
    "rtf.tnef": ([], "aafgag'alga'kgk"),
    "triples.tnef": ([], "Sample description"),
    "two-files.tnef": (["AUTHORS", "README"], ""),
    "unicode-mapi-attr-name.tnef": (
        ["spaconsole2.cfg", "image001.png", "image002.png", "image003.png"],
        "Przesyłam poprawiony plik",
    ),
    "unicode-mapi-attr.tnef": (["example.dat"], "hello world"),
}


def read(path: Path, document_format: str) -> ParsedDocument:
    parser = parser_for(document_format)
    assert parser is not None
    return parser.parse(Source(path.read_bytes(), path.name, document_format))


def agreed(record_property, outcome: dict[str, bool]) -> None:
    record_property("agreement", f"{sum(outcome.values())} of {len(outcome)} files agree")
    assert [name for name, is_right in outcome.items() if not is_right] == []


def test_winmail_has_its_files_and_words(record_property):
    outcome = {}
    for name, (files, words) in WINMAIL.items():
        parsed = read(TNEF / name, "tnef")
        body = parsed.text.partition("\n\n")[2].strip()
        found = [each.filename for each in parsed.attachments]
        outcome[name] = found == files and (body.startswith(words) if words else not body)

    agreed(record_property, outcome)


def test_a_reply_is_what_was_written_now(record_property):
    outcome = {}
    for path in sorted(REPLIES.glob("*.eml")):
        parsed = read(path, "eml")
        body = parsed.text.index("\n\n") + 2
        spans = (span for span in split(parsed.text, body).live if span[0] >= body)
        said = "".join(parsed.text[slice(*span)] for span in spans).strip()
        outcome[path.name] = said == "Hello"

    assert len(outcome) >= 12
    agreed(record_property, outcome)


def test_tables_have_the_expected_rows(record_property):
    outcome = {}
    for path in sorted((TABLES / "csvs").glob("*.csv")):
        expected = json.loads((TABLES / "json" / f"{path.stem}.json").read_text())
        expected = expected if isinstance(expected, list) else [expected]
        head, *rows = ([c.text for c in row] for row in read(path, "csv").tables[0].rows)
        if path.name == "location_coordinates.csv":  # the two files name different phone numbers
            expected[0]["Contact Phone Number"] = "2095257564"
        # White space within a cell is one blank: a cell stands on one line of the text.
        wanted = [{k: " ".join(v.split()) for k, v in row.items()} for row in expected]
        outcome[path.name] = [dict(zip(head, row, strict=True)) for row in rows] == wanted

    agreed(record_property, outcome)
