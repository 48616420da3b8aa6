from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.letters import NEEDED, OPTIONAL, Template
from concilia.correspondence.core.templates import (
    ALWAYS_NEEDED,
    ALWAYS_OPTIONAL,
    LetterIncomplete,
    line_of_decision,
    one_line,
    placeholders_of,
    texts_of,
    write_letter,
)
from concilia.correspondence.core.words_of_blame import blame_in
from concilia.kernel.money import Money

VALUES = {
    "name": "Jens Albers",
    "sender": "Giulia Ferri",
    "company": "Molino Aurora S.p.A.",
    "claim": "CLM-0418",
    "about": "FT-2026/03187",
    "holder": "Giulia Ferri",
    "until": date(2026, 11, 23),
    "amount": Money(16_560, "EUR"),
    "claimed": Money(71_640, "EUR"),
    "approved": Money(55_080, "EUR"),
    "denied": Money(16_560, "EUR"),
    "kept_back": Money(71_640, "EUR"),
    "credit_note": "NC-2026/0031",
    "papers": ["Ablieferbeleg", "Fotos"],
    "lines": ["Penne rigate: 172,80 von 259,20 EUR anerkannt"],
    "reason": "Der Vertrag kennt keine Bearbeitungsgebühr.",
    "reference": "FT-2026/03187",
    "paid": Money(822_960, "EUR"),
    "paid_on": date(2026, 11, 12),
    "asked_on": date(2026, 11, 16),
    "difference": Money(71_640, "EUR"),
    "delivery": "DDT 5512",
    "shipped_on": date(2026, 10, 14),
    "destination": "Hamburg",
    "customer": "Frischmarkt Nord eG",
    "question": "Ist der Ablieferbeleg unterschrieben?",
    "proposer": "Giulia Ferri",
    "link": "https://concilia.example/a/…",
}
BOTH = sorted(product(Template, Language))


def known_to(template):
    return NEEDED[template] | OPTIONAL.get(template, frozenset()) | ALWAYS_NEEDED | ALWAYS_OPTIONAL


def values_for(template, **changes):
    return {name: VALUES[name] for name in known_to(template)} | changes


@pytest.mark.parametrize(("template", "language"), BOTH)
class TestEveryLetter:
    def test_is_written_whole(self, template, language):
        letter = write_letter(template, language, values_for(template))

        assert letter.subject
        assert "\n" not in letter.subject
        for text in (letter.subject, letter.body):
            assert not {"{", "}", "?{"} & set(text)
        assert letter.template == f"{template}.1"
        assert "CLM-0418" in letter.subject + letter.body
        assert letter.body.rstrip().endswith("Molino Aurora S.p.A.")

    def test_asks_only_for_values_it_declares_and_for_all_of_them(self, template, language):
        text = texts_of(template, language)
        asked = placeholders_of(text.subject)
        for paragraph in text.paragraphs:
            asked |= placeholders_of(paragraph.removeprefix("?"))

        assert asked == known_to(template) - ALWAYS_NEEDED - ALWAYS_OPTIONAL

    def test_may_leave_out_only_what_is_optional(self, template, language):
        text = texts_of(template, language)
        optional = OPTIONAL.get(template, frozenset())

        assert not placeholders_of(text.subject) & optional
        for paragraph in text.paragraphs:
            names = placeholders_of(paragraph.removeprefix("?"))
            assert bool(names & optional) == paragraph.startswith("?")

    def test_blames_and_threatens_nobody(self, template, language):
        letter = write_letter(template, language, values_for(template))

        assert blame_in(letter.subject + letter.body, language) == ()

    def test_can_be_written_without_what_is_optional(self, template, language):
        bare = {name: VALUES[name] for name in NEEDED[template] | ALWAYS_NEEDED}

        letter = write_letter(template, language, bare)

        assert "?" not in letter.body.splitlines()[2][:1]
        assert "Jens" not in letter.body


class TestEmpathy:
    """E1 and E3 to E6 of domain.md §3.4."""

    @pytest.mark.parametrize("language", sorted(Language))
    def test_letters_to_customers_begin_with_thanks_not_with_money(self, language):
        thanks = {"en": "thank", "it": "grazie", "fr": "merci", "es": "gracias", "de": "danke"}
        for template in Template:
            if template in {Template.POD_REQUEST_COLLEAGUE, Template.SIGNATURE_BY_LINK}:
                continue
            first = texts_of(template, language).paragraphs[0].lower()
            assert first.startswith(thanks[language]), template

    @pytest.mark.parametrize("language", sorted(Language))
    def test_collecting_back_asks_first_and_offers_three_ways(self, language):
        text = texts_of(Template.COLLECT_BACK, language)
        body = "\n".join(text.paragraphs)

        assert "?" in text.paragraphs[1]
        assert body.count("\n- ") == 3
        assert body.index("?") < body.index("\n- ")

    @pytest.mark.parametrize("language", sorted(Language))
    def test_a_refusal_says_how_to_answer_and_who_looks_again(self, language):
        for template in (Template.DECISION_PARTLY, Template.DECISION_REFUSED):
            last = texts_of(template, language).paragraphs[-1]
            assert {"until", "holder"} <= placeholders_of(last)


class TestFrischmarkt:
    def test_the_answer_in_german(self):
        rows = [
            line_of_decision(
                "de",
                "Penne rigate",
                claimed=Money(25_920, "EUR"),
                approved=Money(17_280, "EUR"),
                why="8 fehlen laut Ablieferbeleg.",
            ),
            line_of_decision(
                "de", "Frollini", claimed=Money(37_800, "EUR"), approved=Money(37_800, "EUR")
            ),
        ]
        letter = write_letter(
            Template.DECISION_PARTLY, "de", values_for(Template.DECISION_PARTLY, lines=rows)
        )

        assert letter.subject == (
            "Ihre Reklamation CLM-0418: 550,80\u00a0EUR von 716,40\u00a0EUR anerkannt"
        )
        assert letter.body == (
            "Guten Tag Jens Albers,\n\n"
            "danke für Ihre Reklamation CLM-0418 zu FT-2026/03187. "
            "Wir haben jede Zeile mit Ihren und unseren Belegen geprüft.\n\n"
            "Wir erkennen 550,80\u00a0EUR von 716,40\u00a0EUR an:\n\n"
            "- Penne rigate: 172,80 von 259,20 EUR anerkannt. 8 fehlen laut Ablieferbeleg.\n"
            "- Frollini: 378,00 von 378,00 EUR anerkannt\n\n"
            "Über 550,80\u00a0EUR erhalten Sie eine Rechnungskorrektur. "
            "Die übrigen 165,60\u00a0EUR können wir nicht anerkennen.\n\n"
            "Sehen Sie es anders, oder haben Sie Belege, die wir nicht kennen? Antworten Sie bis "
            "23. November 2026 auf diese E-Mail, dann sieht Giulia Ferri es sich noch einmal an."
            "\n\nFreundliche Grüße\nGiulia Ferri\nMolino Aurora S.p.A.\n"
        )


class TestStrangersText:
    def test_cannot_add_a_header_a_paragraph_or_a_placeholder(self):
        nasty = "FT-1\r\nBcc: all@x.example\u2028{sender.__class__}\u202e"
        letter = write_letter(
            Template.EVIDENCE_REQUEST,
            "en",
            values_for(Template.EVIDENCE_REQUEST, claim=nasty),
        )

        assert letter.subject == (
            "Your claim FT-1 Bcc: all@x.example {sender.__class__}: what we still need"
        )
        assert "\r" not in letter.body
        assert "\u202e" not in letter.body

    @given(st.text(max_size=2_000))
    def test_is_one_line_of_bearable_length(self, text):
        line = one_line(text)

        assert len(line) <= 500
        assert len(line.splitlines()) <= 1

    @given(st.text(min_size=1, max_size=800))
    def test_never_breaks_a_subject(self, text):
        try:
            letter = write_letter(
                Template.CLAIM_RECEIVED, "fr", values_for(Template.CLAIM_RECEIVED, about=text)
            )
        except LetterIncomplete:
            assert one_line(text) == ""
            return
        assert len(letter.subject) <= 200
        assert len(letter.subject.splitlines()) == 1


class TestIncomplete:
    def test_a_missing_value_is_named(self):
        values = values_for(Template.COLLECT_BACK)
        del values["reference"]

        with pytest.raises(LetterIncomplete, match="collect_back needs a value for reference"):
            write_letter(Template.COLLECT_BACK, "en", values)

    @pytest.mark.parametrize("empty", ["", "  ", []])
    def test_an_empty_value_is_a_missing_one(self, empty):
        with pytest.raises(LetterIncomplete, match="papers"):
            write_letter(
                Template.EVIDENCE_REQUEST,
                "en",
                values_for(Template.EVIDENCE_REQUEST, papers=empty),
            )

    def test_a_value_without_a_place_is_named(self):
        with pytest.raises(LetterIncomplete, match="no place for iban"):
            write_letter(
                Template.CLAIM_RECEIVED, "en", values_for(Template.CLAIM_RECEIVED, iban="IT60")
            )


class TestWordsOfBlame:
    @pytest.mark.parametrize(
        ("language", "text", "found"),
        [
            ("en", "You are in default: pay your DEBTS, overdue since May.", ("debts", "overdue")),
            ("it", "Cliente moroso e inadempiente", ("moroso", "inadempiente")),
            ("fr", "Vous êtes un mauvais payeur.", ("mauvais payeur",)),
            ("es", "El deudor es moroso", ("deudor", "moroso")),
            ("de", "Der säumige Schuldner; bitte entschuldigen Sie", ("säumige", "schuldner")),
        ],
    )
    def test_are_found_with_every_ending(self, language, text, found):
        assert blame_in(text, language) == found

    def test_plain_words_are_not(self):
        assert blame_in("165.60 remain open on FT-2026/03187.", "en") == ()


def test_a_letter_of_nobody_in_particular_names_the_company_once():
    values = values_for(Template.REMINDER_BY_LINK, sender="Molino Aurora", company="Molino Aurora")
    assert write_letter(Template.REMINDER_BY_LINK, "it", values).body.endswith(
        "Cordiali saluti\nMolino Aurora\n"
    )
