"""Letters on paper: the same words to the byte, printed once, posted with proof, never markup."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.dunning_texts import facts, items
from tests.world.letters import ADDRESS, a_letter

from concilia.dunning.actions import (
    LetterRefused,
    keep_letterhead,
    lay_proof,
    post_letter,
    print_letters,
    take_letter_out,
)
from concilia.dunning.core.letter_pages import Cover, Head, letter_content
from concilia.dunning.core.letter_pdf import letters_pdf
from concilia.dunning.core.texts import Key, Way, compose
from concilia.dunning.models import Letter, Letterhead
from concilia.foundation.blobs import read_blob

IBAN = "IT60X0542811101000000123456"
HEAD = Head(name="Molino Aurora S.p.A.", address=("Via dei Mulini 12", "10100 Torino"), iban=IBAN)


def content(*, count: int = 3, country: str = "DE", to: tuple[str, ...] = ("A", "B"), **known):
    told = facts(items=items(count), country="DE", **known)
    composed = compose(Key.FORMAL_NOTICE, Way.LETTER, "de", told)
    cover = Cover(to=to, country=country, written=TODAY)
    return letter_content(composed, told, head=HEAD, cover=cover)


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def plain(text: str) -> str:
    return "".join(text.split())


class TestThePage:
    def test_the_same_content_is_the_same_file_to_the_byte(self):
        assert letters_pdf([content()]) == letters_pdf([content()])

    def test_hundreds_of_rows_are_all_there_and_pages_are_counted(self):
        found = pages(letters_pdf([content(count=300)]))

        whole = plain("".join(found))
        assert all(plain(item.number) in whole for item in items(300))
        assert f"Seite {len(found)} von {len(found)}" in found[-1]
        assert "Tage seit Fälligkeit" in found[1], "the head of the table stands on every page"

    def test_each_letter_of_a_file_counts_its_own_pages(self):
        found = pages(letters_pdf([content(count=60), content()]))
        counted = [text for text in found if "Seite 1 von" in text]
        assert len(counted) == 2

    def test_the_code_pays_what_is_asked_with_the_reference(self):
        pdf = letters_pdf([content()])
        with pypdfium2.PdfDocument(pdf) as document:
            picture = document[len(document) - 1].render(scale=3).to_pil()
        (code,) = zxingcpp.read_barcodes(picture)
        lines = code.text.split("\n")
        assert lines[0] == "BCD"
        assert IBAN in lines
        assert "EUR3652.03" in lines
        assert "RF18539007547034" in lines

    @given(name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40))
    @settings(max_examples=25, deadline=None)
    def test_a_strangers_name_is_never_markup(self, name):
        hostile = f'{name}#panic("x")$*_`@<x>\\"'[:60]
        told = content(to=(hostile, "Via 1"), contact=hostile)
        found = plain("".join(pages(letters_pdf([told]))))
        assert '#panic("x")$*_`@<x>' in found or len(name) > 35

    @pytest.mark.parametrize("country", ["DE", "IT", "FR", "ES", "GB", "US", "BR"])
    def test_the_address_stands_in_the_window_of_the_country(self, country):
        told = content(country=country, to=("Forno Rossi", "Via Garibaldi 1"))
        left, top, width, height = told["window"]
        with pypdfium2.PdfDocument(letters_pdf([told])) as document:
            page = document[0]
            points = 72 / 25.4
            high = page.get_height()
            inside = page.get_textpage().get_text_bounded(
                left=left * points,
                top=high - top * points,
                right=(left + width) * points,
                bottom=high - (top + height) * points,
            )
        assert "Forno Rossi" in inside
        assert "Via Garibaldi 1" in inside


pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    entity = an_entity("aurora")
    entity.clerk = a_member(entity, "Giulia Ferri")
    entity.customer = a_customer(entity, "Forno Rossi", country="IT", language="it")
    return entity


def printed(company, **changes) -> Letter:
    letter = a_letter(company.customer, company.clerk, **changes)
    print_letters(letter_ids=[letter.pk], by=company.clerk, at=NOON)
    letter.refresh_from_db()
    return letter


def post(company, letter, **changes):
    asked = {"posted": TODAY, "number": "RA 123", "by": company.clerk, "at": NOON, "today": TODAY}
    return post_letter(letter_id=letter.pk, **(asked | changes))


class TestTheQueue:
    def test_the_same_letter_is_written_once(self, company):
        first = a_letter(company.customer, company.clerk)
        again = a_letter(company.customer, company.clerk, address="Somewhere else\n20100 Milano")
        assert (first.pk, again.address) == (again.pk, ADDRESS)

    def test_an_address_that_fits_no_window_is_refused(self, company):
        for address in ("", "One line", "\n".join("1234567"), "x" * 61 + "\nMilano"):
            with pytest.raises(LetterRefused, match="address"):
                a_letter(company.customer, company.clerk, address=address)

    def test_printing_notes_who_and_when_once(self, company):
        letter = printed(company)
        later = NOON + timedelta(hours=1)
        print_letters(letter_ids=[letter.pk], by=company.clerk, at=later)
        letter.refresh_from_db()
        assert (letter.state, letter.printed_at) == ("PRINTED", NOON)

    def test_many_are_one_file_and_too_many_are_refused(self, company):
        rows = [a_letter(company.customer, company.clerk, name=f"run-{n}") for n in range(3)]
        made = print_letters(letter_ids=[row.pk for row in rows], by=company.clerk, at=NOON)
        assert sum("Pagina 1 di" in text for text in pages(made)) == 3
        with pytest.raises(LetterRefused):
            print_letters(letter_ids=[], by=company.clerk, at=NOON)

    def test_a_registered_letter_is_posted_with_its_number(self, company):
        letter = printed(company)
        with pytest.raises(LetterRefused, match="number"):
            post(company, letter, number=" ")
        with pytest.raises(LetterRefused, match="day to come"):
            post(company, letter, posted=TODAY + timedelta(days=1))
        assert post(company, letter).registered_number == "RA 123"
        with pytest.raises(LetterRefused):
            post(company, letter)

    def test_the_proof_lies_beside_what_was_posted(self, company):
        letter = printed(company)
        asked = {"content": b"%PDF-1.7", "name": "ar.pdf", "by": company.clerk, "at": NOON}
        with pytest.raises(LetterRefused, match="posted"):
            lay_proof(letter_id=letter.pk, delivered=TODAY, **asked)
        post(company, letter)
        with pytest.raises(LetterRefused, match="between"):
            lay_proof(letter_id=letter.pk, delivered=TODAY - timedelta(days=1), **asked)
        proven = lay_proof(letter_id=letter.pk, delivered=TODAY, **asked)
        assert read_blob(sha256=proven.proof_sha256) == b"%PDF-1.7"

    def test_what_is_taken_out_is_not_printed(self, company):
        letter = a_letter(company.customer, company.clerk)
        with pytest.raises(LetterRefused, match="why"):
            take_letter_out(letter_id=letter.pk, why=" ", by=company.clerk, at=NOON)
        take_letter_out(letter_id=letter.pk, why="Paid", by=company.clerk, at=NOON)
        with pytest.raises(LetterRefused):
            print_letters(letter_ids=[letter.pk], by=company.clerk, at=NOON)

    def test_another_companys_letters_are_not_there(self, company):
        stranger = a_member(an_entity("other"), "Ugo Rossi")
        letter = printed(company)
        with pytest.raises(LetterRefused):
            print_letters(letter_ids=[letter.pk], by=stranger, at=NOON)
        with pytest.raises(LetterRefused):
            post(company, letter, by=stranger)

    def test_the_head_stands_on_letters_written_from_now_on(self, company):
        admin = a_member(company, "Sara Costa", role="admin")
        before = a_letter(company.customer, company.clerk)
        head = Letterhead(address="Via dei Mulini 12\n10100 Torino", place="Torino", iban=IBAN)
        keep_letterhead(head=head, by=admin, at=NOON)
        after = a_letter(company.customer, company.clerk, name="run-2")

        assert before.content["sender_lines"] == []
        assert after.content["sender_lines"] == ["Via dei Mulini 12", "10100 Torino"]
        with pytest.raises(LetterRefused, match="IBAN"):
            keep_letterhead(head=Letterhead(iban="IT00X"), by=admin, at=NOON)
        assert io.BytesIO(letters_pdf([after.content])).read(5) == b"%PDF-"
