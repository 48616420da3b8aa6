"""Messages are complete, safe and in the reader's language, or do not leave."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.dunning_texts import ACCOUNT_LINK, COUNTRY_OF, facts, items

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import (
    Composed,
    Facts,
    Form,
    Item,
    Key,
    Option,
    TextIncomplete,
    Way,
    Wording,
    WordingInvalid,
    compose,
    ways_of,
    wording_of,
)
from concilia.dunning.core.texts.wording import BLOCKS, VALUES, compiled, fields_in

EVERY = [(key, way, language) for key in Key for way in ways_of(key) for language in Language]
WITHOUT_LINK = {Key.THANKS, Key.PLAN_COMPLETED, Key.CONDOLENCE, Key.HANDED_OVER}


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("key", list(Key))
def test_every_text_is_complete(key: Key, form: Form) -> None:
    for _, way, language in (one for one in EVERY if one[0] is key):
        is_consumer = form is Form.CONSUMER
        known = facts(is_consumer=is_consumer, country=COUNTRY_OF[language])
        _is_complete(compose(key, way, language, known))


def _is_complete(written: Composed) -> None:
    key, way = written.key, written.way
    assert not {"{", "}", "[", "]", "|"} & set(written.text + written.subject)
    assert written.text[0].isupper() or not written.text[0].isalpha()
    if way in {Way.EMAIL, Way.SMS, Way.WHATSAPP, Way.PORTAL} and key not in WITHOUT_LINK:
        assert ACCOUNT_LINK in written.text
    if way is Way.SMS:
        assert written.parts == 1, written.text
    assert bool(written.html) == (way is Way.EMAIL)


@pytest.mark.parametrize("key", [Key.REMINDER, Key.QUESTION, Key.FIRM, Key.FORMAL_NOTICE])
@pytest.mark.parametrize(("language", "asked", "disputed"), [
    ("en", "3,652.03\u00a0EUR", "200.00\u00a0EUR"),
    ("it", "3.652,03\u00a0EUR", "200,00\u00a0EUR"),
    ("fr", "3\u202f652,03\u00a0EUR", "200,00\u00a0EUR"),
])  # fmt: skip
def test_what_is_disputed_stands_beside_what_is_asked(
    key: Key, language: str, asked: str, disputed: str
) -> None:
    written = compose(key, Way.EMAIL, language, facts())

    assert asked in written.text
    assert disputed in written.text
    assert asked in written.html
    assert disputed in written.html


@pytest.mark.parametrize("key", list(Key))
def test_what_is_missing_is_named(key: Key) -> None:
    """Whatever one value of the text is missing: an error with its name."""
    for way in ways_of(key):
        _names_what_is_missing(key, way, Language.IT)


def _names_what_is_missing(key: Key, way: Way, language: Language) -> None:
    wording = compiled(wording_of(key, way, language), facts().form)
    needed = {name for part in wording.parts if not part.is_optional for name in part.names}
    plain = {field.name for field in fields(Facts)}
    for name in sorted(needed & plain):
        empty = () if name in {"items", "rows", "advice"} else None
        missing = facts(**{name: "" if isinstance(getattr(facts(), name), str) else empty})
        with pytest.raises(TextIncomplete) as caught:
            compose(key, way, language, missing)
        assert caught.value.field == name


def test_a_text_without_items_does_not_leave() -> None:
    with pytest.raises(TextIncomplete) as caught:
        compose(Key.REMINDER, Way.EMAIL, "en", facts(items=()))
    assert caught.value.field in {"items", "invoices"}


def test_what_may_be_missing_is_left_out() -> None:
    assert "interest" in compose(Key.FIRM, Way.EMAIL, "en", facts()).text
    assert "interest" not in compose(Key.FIRM, Way.EMAIL, "en", facts(interest=None)).text


def test_a_formal_notice_needs_a_country_it_was_written_for() -> None:
    with pytest.raises(TextIncomplete) as caught:
        compose(Key.FORMAL_NOTICE, Way.LETTER, "en", facts(country="BR"))
    assert caught.value.field == "country"


@pytest.mark.parametrize(("country", "says"), [
    ("IT", "1219"), ("FR", "1344"), ("ES", "1/2025"), ("DE", "286"),
    ("UK", "Pre-Action Protocol for Debt Claims"), ("US", "30 days"),
])  # fmt: skip
def test_a_formal_notice_says_what_the_country_wants(country: str, says: str) -> None:
    known = facts(country=country, is_consumer=True)
    assert says in compose(Key.FORMAL_NOTICE, Way.LETTER, "en", known).text


def test_consumers_are_spoken_to_as_persons() -> None:
    company = compose(Key.FIRM, Way.EMAIL, "it", facts()).text
    person = compose(Key.FIRM, Way.EMAIL, "it", facts(is_consumer=True)).text

    assert "con voi" in company
    assert "con lei" in person
    assert "voi" not in person.split()


def test_very_many_items_stand_behind_the_link_in_a_mail_and_all_in_a_letter() -> None:
    many = facts(items=items(300))

    mail = compose(Key.REMINDER, Way.EMAIL, "de", many)
    letter = compose(Key.REMINDER, Way.LETTER, "de", many)

    assert "300 Rechnungen" in mail.text
    assert "2026/399" not in mail.text
    assert "2026/399" in letter.text


def test_fewer_than_two_options_are_none() -> None:
    with pytest.raises(TextIncomplete) as caught:
        compose(Key.FIRM, Way.EMAIL, "en", facts(options=(Option.PAY,)))
    assert caught.value.field == "options"


def test_a_demand_cannot_hold_what_is_disputed() -> None:
    with pytest.raises(ValueError, match="disputed"):
        Item(number="1", currency="EUR", due=items()[0].due, open=100, asked=60, disputed=50)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


OURS = {"html", "head", "meta", "title", "body", "div", "p", "br", "a", "ul", "li", "small",
        "table", "thead", "tbody", "tr", "th", "td", "strong"}  # fmt: skip


@given(name=st.text(max_size=60), number=st.text(min_size=1, max_size=30))
def test_a_strangers_name_is_never_markup(name: str, number: str) -> None:
    hostile = items(1)[0]
    known = facts(
        customer=name + "<script>alert(1)</script>{options}",
        contact=f"<img src=x onerror=y>{name}",
        items=(Item(number=number, currency="EUR", due=hostile.due, open=100, asked=100),),
    )
    written = compose(Key.REMINDER, Way.EMAIL, "en", known)

    tags = _Tags()
    tags.feed(written.html)
    assert tags.seen <= OURS
    assert all(link.startswith("https://pay.aurora.example/") for link in tags.links)
    assert "\n" not in written.subject
    assert "\r" not in written.text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.example/ y", "ftp://x.example"])
def test_only_links_of_the_web_leave(link: str) -> None:
    with pytest.raises(TextIncomplete) as caught:
        compose(Key.REMINDER, Way.EMAIL, "en", facts(pay_link=link))
    assert caught.value.field == "pay_link"


@pytest.mark.parametrize(("body", "problem"), [
    ("Dear {who}", "unknown_field"),
    ("Dear {customer", "stray_brace"),
    ("Here: {items}", "block_not_alone"),
    ("  ", "empty"),
    ("x" * 9_000, "too_long"),
    ("{customer.__class__}", "unknown_field"),
    ("{0}", "unknown_field"),
])  # fmt: skip
def test_a_text_that_cannot_be_read_says_where(body: str, problem: str) -> None:
    with pytest.raises(WordingInvalid) as caught:
        compose(Key.REMINDER, Way.EMAIL, "en", facts(), Wording("A note", body))
    assert caught.value.problem == problem


@given(body=st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(body: str) -> None:
    with suppress(WordingInvalid, TextIncomplete):
        compose(Key.REMINDER, Way.EMAIL, "fr", facts(), Wording("Un mot", body))


def test_every_value_a_text_may_say_is_said_somewhere_or_known() -> None:
    said = {
        name
        for key, way, language in EVERY
        for name in fields_in("\n".join(wording_of(key, way, language).paragraphs))
    }
    assert said <= set(VALUES) | set(BLOCKS)
    assert set(BLOCKS) <= said
