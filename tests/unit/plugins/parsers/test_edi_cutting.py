"""EDI files are cut right whatever their separators, wraps, character sets and damages."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.world import edi

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed, parser_for
from concilia.plugins.parsers.edi.segments import (
    Segment,
    Separators,
    read_segments,
    write_segments,
)
from concilia.plugins.parsers.edi.values import day, implied, number

LETTERS = "ABCxyz019 äß€"
MARKS = "~*:>^|'+?!#$%&;\x1c\x1d\x1f"


def parse(content: bytes | str, name: str = "m.edi") -> ParsedDocument:
    content = content.encode() if isinstance(content, str) else content
    found = detect(content, name)
    assert found is not None
    parser = parser_for(found)
    assert parser is not None, found
    return parser.parse(Source(content, name, found))


def said(content: bytes | str) -> list[str]:
    return parse(content).text.splitlines()


@st.composite
def cut_files(draw):
    marks = draw(st.permutations(MARKS))
    separators = Separators(*marks[:5])
    values = st.text(st.sampled_from(LETTERS + MARKS), max_size=8)
    composites = st.lists(values, min_size=1, max_size=3).map(tuple)
    elements = st.lists(composites, min_size=1, max_size=2).map(tuple)
    tags = st.text(st.sampled_from("ABCDEFGH123"), min_size=2, max_size=3)
    segments = st.builds(Segment, tags, st.lists(elements, max_size=4).map(tuple))
    return separators, draw(st.lists(segments, max_size=6))


class TestSegments:
    @settings(max_examples=60, deadline=None)
    @given(cut_files())
    def test_what_is_written_is_read_again_whatever_the_separators(self, file):
        separators, segments = file
        text = write_segments(segments, separators)

        found = list(read_segments(text, separators))

        assert [segment for segment, _, _ in found] == segments
        assert "".join(text[start:end] for _, start, end in found) == text

    @given(st.text(max_size=60), st.permutations(MARKS))
    def test_any_text_is_cut_without_an_error(self, text, marks):
        assume(max(text, default="") < "\U000f0000")
        for segment, start, end in read_segments(text, Separators(*marks[:5])):
            assert 0 <= start < end <= len(text) + 1
            assert len(segment.tag) <= 8

    def test_a_released_character_is_part_of_the_value(self):
        usual = Separators("'", "+", ":", "", "?")

        ((segment, _, _),) = read_segments("FTX+AAI+++d?'accordo ?+ 5 ?: ok??'", usual)

        assert segment.at(4) == "d'accordo + 5 : ok?"


class TestSeparators:
    @pytest.mark.parametrize("mark", ["\n", "\r\n", "|", "\x1c"])
    def test_x12_ends_segments_with_whatever_its_header_says(self, mark):
        assert said(edi.PAYMENT.replace("~", mark)) == said(edi.PAYMENT)

    def test_x12_elements_may_be_cut_by_any_mark(self):
        assert said(edi.DEBIT.replace("*", "|")) == said(edi.DEBIT)
        assert said(edi.DEBIT.replace("*", "\x1d")) == said(edi.DEBIT)

    def test_a_trimmed_header_and_a_missing_one_are_read(self):
        start = edi.PAYMENT.index("GS*")
        trimmed = "*".join(part.strip() for part in edi.PAYMENT[:start].split("*"))

        assert said(trimmed + edi.PAYMENT[start:]) == said(edi.PAYMENT)
        assert said(edi.PAYMENT[edi.PAYMENT.index("ST*") :]) == said(edi.PAYMENT)

    def test_edifact_without_service_string_has_the_usual_marks(self):
        assert said(edi.REMITTANCE.removeprefix("UNA:+.? '")) == said(edi.REMITTANCE)

    def test_edifact_with_marks_of_its_own(self):
        other = "UNA;|,! ~" + edi.DISPUTE.removeprefix("UNA:+.? '").translate(
            str.maketrans(":+?'", ";|!~")
        )
        assert said(other) == said(edi.DISPUTE)

    def test_syntax_level_b_has_no_printable_marks(self):
        bare = edi.DISPUTE.removeprefix("UNA:+.? '").replace("UNOC:3", "UNOB:1")
        level_b = bare.replace("'", "\x1c").replace("+", "\x1d").replace(":", "\x1f")

        assert said(level_b) == said(edi.DISPUTE)


class TestLineEnds:
    @pytest.mark.parametrize("text", [edi.PAYMENT, edi.REMITTANCE, edi.DISPUTE])
    @pytest.mark.parametrize("columns", [80, 64])
    def test_a_wrapped_file_is_put_together(self, text, columns):
        assert said(edi.wrapped(text, columns)) == said(text)

    def test_one_segment_on_a_line_is_the_same(self):
        assert said(edi.PAYMENT.replace("~", "~\r\n")) == said(edi.PAYMENT)
        assert said(edi.REMITTANCE.replace("'", "' \n")) == said(edi.REMITTANCE)

    def test_a_line_end_in_free_text_is_a_blank(self):
        text = edi.DISPUTE.replace("Vereinbarung 2,10", "Vereinbarung\n2,10")

        assert "  FTX Note: Preis laut Vereinbarung 2,10 statt 2,35" in said(text)

    def test_lines_without_terminators_are_segments(self):
        lines = edi.REMITTANCE.removeprefix("UNA:+.? '").replace("?:", "").replace("'", "\n")

        assert said(lines) == said(edi.REMITTANCE.replace("?:", ""))

    def test_one_forgotten_terminator_costs_nothing(self):
        lines = edi.REMITTANCE.replace("'", "'\n").replace("MOA+12:500'\n", "MOA+12:500\n")

        assert said(lines) == said(edi.REMITTANCE)


class TestCharacterSets:
    @pytest.mark.parametrize(
        ("level", "encoding"), [("UNOC", "latin-1"), ("UNOY", "utf-8"), ("UNOA", "cp1252")]
    )
    def test_names_keep_their_letters(self, level, encoding):
        content = edi.DISPUTE.replace("UNOC", level).encode(encoding)

        assert parse(content).metadata["payer_name"] == "Lindner Märkte GmbH"

    def test_central_european_letters(self):
        content = edi.DISPUTE.replace("UNOC", "UNOD").replace("Märkte", "Železářství")

        found = parse(content.encode("iso8859-2")).metadata

        assert found["payer_name"] == "Lindner Železářství GmbH"


class TestDamage:
    def test_wrong_counts_are_said(self):
        text = edi.PAYMENT.replace("SE*20*0001", "SE*19*0002")

        assert parse(text).warnings == (
            "segments of message 0001 should be 19, there are 20",
            "message 0001 ends with the number 0002",
        )

    @pytest.mark.parametrize(
        ("text", "cut", "warning"),
        [
            (edi.PAYMENT, "SE*", "message 0001 has no trailer (SE): its end may be missing"),
            (edi.REMITTANCE, "UNT+", "message 7 has no trailer (UNT): its end may be missing"),
            (
                edi.REMITTANCE,
                "UNZ+",
                "the interchange has no trailer (UNZ): its end may be missing",
            ),
        ],
    )
    def test_missing_trailers_are_said_and_the_rest_is_read(self, text, cut, warning):
        parsed = parse(text[: text.index(cut)])

        assert warning in parsed.warnings
        assert parsed.stated is not None
        assert parsed.stated.lines == parse(text).stated.lines

    def test_a_file_that_breaks_off_in_a_segment(self):
        parsed = parse(edi.REMITTANCE[: edi.REMITTANCE.index("MOA+165:122") + 9])

        assert "the file ends in the middle of a segment" in parsed.warnings
        assert [line.document for line in parsed.stated.lines] == ["FT-2026/03208"]

    def test_cancellations_copies_and_tests_are_said(self):
        assert parse(edi.DEBIT.replace("PO-77120*00", "PO-77120*01")).warnings == (
            "cancels an earlier message",
        )
        assert parse(edi.REMITTANCE.replace("118+9'", "118+31'")).warnings == (
            "the sender says about this message: copy",
        )
        assert parse(edi.PAYMENT.replace("*U*00401*000000071*0*P", "*U*00401*000000071*0*T"))

    @pytest.mark.parametrize(
        "text", ["ISA*00*x", "UNA:+.?", "UNB+UNOC:3+a+b'", f"{edi.ISA}IEA*0*1~"]
    )
    def test_files_without_a_message_are_refused_in_words(self, text):
        for name in ("x12", "edifact"):
            with pytest.raises(ParserFailed, match=r"EDI|X12|EDIFACT"):
                parser_for(name).parse(Source(text.encode(), "m.edi", name))

    @settings(max_examples=80, deadline=None)
    @given(st.data())
    def test_any_damage_is_read_or_refused_and_the_answer_stays_small(self, data):
        name = data.draw(st.sampled_from(sorted(edi.SAMPLES)))
        content = bytearray(edi.SAMPLES[name].encode())
        for _ in range(data.draw(st.integers(1, 20))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.integers(0, 255))
        try:
            parsed = parser_for(name).parse(Source(bytes(content), "m.edi", name))
        except ParserFailed:
            return
        assert len(parsed.text) < 40 * len(content)
        assert sum(len(each.content) for each in parsed.attachments) < 40 * len(content)


class TestValues:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1100", "1100"),
            ("-12.5", "-12.5"),
            ("80,50", "80.50"),
            ("1.234,50", "1234.50"),
            ("122-", "-122"),
            (".5", "0.5"),
            ("", None),
            ("12E5", None),
            ("9" * 40, None),
            ("abc", None),
        ],
    )
    def test_numbers(self, text, value):
        found = number(text)
        assert (None if found is None else str(found)) == value

    def test_implied_decimals_are_those_nobody_wrote(self):
        assert str(implied("18350")) == "183.50"
        assert str(implied("183.50")) == "183.50"

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("20260331", "2026-03-31"),
            ("260331", "2026-03-31"),
            ("202603311405", "2026-03-31"),
            ("20261331", None),
            ("soon", None),
        ],
    )
    def test_days(self, text, value):
        assert day(text) == value
