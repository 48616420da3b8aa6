"""Every parser, ours or installed, keeps the same promises."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.samples import CAMT, SAMPLES

from concilia.documents.core.decoding import tidy
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.core.stated_reading import places_of
from concilia.documents.ports import PARSERS, Parser, ParserFailed, StatementParser, parser_for

RUBBISH = (b"\0" * 50, b"PK\x03\x04" + b"x" * 99, b"%PDF-1.7\n1 0 obj", b"<a><b>", b"x")


@pytest.fixture(params=list(PARSERS))
def parser(request) -> Parser:
    return PARSERS[request.param]()


@pytest.fixture(params=sorted(SAMPLES))
def sample(request) -> Source:
    return Source(SAMPLES[request.param], f"sample.{request.param}", request.param)


def parse(source: Source) -> ParsedDocument:
    parser = parser_for(source.format)
    assert parser is not None
    return parser.parse(source)


class TestParser:
    def test_satisfies_the_port_and_names_its_formats(self, parser):
        assert isinstance(parser, Parser)
        assert parser.formats
        assert all(name == name.strip().lower() for name in parser.formats)

    def test_refuses_or_reads_any_rubbish_without_another_error(self, parser):
        for rubbish in RUBBISH:
            for name in parser.formats:
                said = ""
                try:
                    parser.parse(Source(rubbish, "rubbish", name))
                except ParserFailed as error:
                    said = str(error)
                assert not said or len(said) > 8


def test_no_two_parsers_claim_one_format():
    counts = Counter(name for parser in PARSERS for name in PARSERS[parser].formats)
    assert [name for name, count in counts.items() if count > 1] == []


class TestSample:
    def test_text_is_tidy(self, sample):
        text = parse(sample).text
        assert text == tidy(text)

    def test_places_point_at_what_stands_there(self, sample):
        parsed = parse(sample)
        for table in parsed.tables:
            for cell in (cell for row in table.rows for cell in row):
                assert " ".join(parsed.text[cell.start : cell.end].split()) == cell.text
        for word in parsed.words:
            assert parsed.text[word.start : word.end].strip()
            assert parsed.page_of(word.start) == word.page
        assert all(page.start <= page.end <= len(parsed.text) for page in parsed.pages)

    def test_is_detected_as_what_it_is(self, sample):
        assert detect(sample.content, sample.filename) == sample.format

    def test_stated_values_stand_where_they_are_said_to(self, sample):
        parsed = parse(sample)
        if parsed.stated is None:
            return
        for reference in parsed.stated.references:
            start, end = reference.place
            assert parsed.text[start:end] == reference.value
        for code in parsed.stated.codes:
            start, end = code.place
            assert parsed.text[start:end] == code.value
        for name, (start, end) in places_of(parsed.stated):
            assert parsed.text[start:end].strip(), name

    def test_attachments_have_plain_names(self, sample):
        for attachment in parse(sample).attachments:
            assert attachment.filename
            assert "/" not in attachment.filename

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_damage_is_read_or_refused(self, data):
        name = data.draw(st.sampled_from(sorted(SAMPLES)))
        content = bytearray(SAMPLES[name])
        for _ in range(data.draw(st.integers(1, 12))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(1, len(content)))
        try:
            parsed = parse(Source(bytes(content[:cut]), f"sample.{name}", name))
        except ParserFailed:
            return
        assert parsed.format


class TestStatements:
    def test_entries_come_one_by_one_and_are_the_same_as_at_once(self):
        source = Source(CAMT, "s.xml", "camt.053")
        parser = parser_for("camt.053")
        assert isinstance(parser, StatementParser)
        one_by_one = [entry for _, entry in parser.entries(source)]
        statement = parser.parse(source).statement
        assert statement is not None
        assert tuple(one_by_one) == statement.accounts[0].entries
