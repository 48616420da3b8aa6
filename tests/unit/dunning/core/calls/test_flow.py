"""Call flows: the check finds what is wrong, the walk ends, nobody hears of a debt too soon."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.calls.checking import problems_of
from concilia.dunning.core.calls.dates import choices_of
from concilia.dunning.core.calls.identity import Known, is_code, is_number, proves
from concilia.dunning.core.calls.shipped import ACCOUNT
from concilia.dunning.core.calls.speaking import KNOWN, TEXTS, spoken, spoken_dates, spoken_money
from concilia.dunning.core.calls.terms import (
    OUTCOMES,
    TURNS_MAX,
    Ask,
    Branch,
    Deed,
    Do,
    End,
    Fact,
    Flow,
    Node,
    Say,
)
from concilia.dunning.core.calls.walking import Step, begun, done, heard
from concilia.dunning.core.promises import HORIZON_DAYS, HORIZON_DAYS_BUSINESS
from concilia.kernel.calendars import BusinessCalendar


def a_flow(**nodes: Node) -> Flow:
    known = {"start": End("thanks"), "rescue": End("thanks")} | nodes
    return Flow("test", "start", "rescue", MappingProxyType(known))


class TestTheShippedFlow:
    def test_is_fit_for_use(self):
        assert problems_of(ACCOUNT, KNOWN) == []

    def test_has_the_same_words_in_every_language(self):
        assert {frozenset(texts) for texts in TEXTS.values()} == {KNOWN}
        for texts in TEXTS.values():
            assert all(words.strip() for words in texts.values())

    def test_menus_name_every_key_that_leads_somewhere(self):
        for node in ACCOUNT.nodes.values():
            if not isinstance(node, Ask) or not node.choices:
                continue
            for language in Language:
                said = TEXTS[language][node.text]
                named = {key for key in node.choices if key in said or "{dates}" in said}
                silent = set(node.choices) - named
                assert silent <= {"9"}, (language, node.text, silent)

    @given(
        keys=st.lists(st.sampled_from(["", *"0123456789", "1234", "*#"]), max_size=120),
        facts=st.sets(st.sampled_from(list(Fact))),
        luck=st.randoms(use_true_random=False),
    )
    def test_ends_whatever_is_pressed(self, keys, facts, luck):
        step, known = _through_deeds(begun(ACCOUNT, facts), facts, luck, identified=False)
        asked = 0
        for key in [*keys, *[""] * (TURNS_MAX * 2)]:
            if not known:
                assert not any(_tells(each) for each in step.says), step.says
            if step.asks is None and not step.hands:
                break
            asked += 1
            step, known = _through_deeds(
                heard(ACCOUNT, step.line, key, facts), facts, luck, identified=known
            )
        assert step.asks is None
        assert asked <= TURNS_MAX + 2


def _tells(key: str) -> bool:
    return key in {"balance", "menu", "which_date", "confirm", "promised", "problem", "menu_clear"}


def _through_deeds(step: Step, facts, luck, *, identified: bool) -> tuple[Step, bool]:
    while step.deed is not None:
        outcome = luck.choice(sorted(OUTCOMES[step.deed]))
        if step.deed not in {Deed.IDENTIFY, Deed.CALL_BACK, Deed.OPT_OUT, Deed.WRONG_PERSON}:
            assert identified, f"{step.deed} before anybody has shown who they are"
        identified = identified or (step.deed is Deed.IDENTIFY and outcome == "ok")
        step = done(ACCOUNT, step.line, outcome, {}, facts)
    return step, identified


class TestTheCheck:
    @pytest.mark.parametrize(
        ("nodes", "words"),
        [
            ({"start": Say("thanks", then="nowhere")}, "leads to “nowhere”"),
            ({"lonely": End("thanks")}, "Nothing leads to “lonely”"),
            ({"start": End("no such words")}, "has no words"),
            (
                {"start": Branch(Fact.OWES, yes="a", no="a"), "a": Say("thanks", then="start")},
                "without asking anything",
            ),
            (
                {"start": Ask("menu", choices={"1": "start"}, otherwise="start")},
                "no way to an end",
            ),
            (
                {"start": Ask("menu", choices={"1": "rescue"}, otherwise="rescue", repeats=9)},
                "up to 3 times",
            ),
            (
                {"start": Ask("menu", choices={"12": "rescue"}, otherwise="rescue")},
                "no key",
            ),
            ({"start": Ask("menu", otherwise="rescue")}, "choices or one way"),
            (
                {"start": Do(Deed.IDENTIFY, {"ok": "rescue"})},
                "a way for each of",
            ),
            ({"start": Say("balance", then="rescue", tells=True)}, "tells of a debt before"),
            (
                {"start": Do(Deed.PROMISE, {"kept": "rescue", "refused": "rescue"})},
                "acts before",
            ),
            (
                {"rescue": Ask("menu", choices={"1": "start"}, otherwise="start")},
                "went round too often is asked again",
            ),
        ],
    )  # fmt: skip
    def test_names_what_is_wrong(self, nodes, words):
        assert words in " ".join(problems_of(a_flow(**nodes), KNOWN))

    def test_finds_nothing_wrong_with_what_is_right(self):
        assert problems_of(a_flow(start=Say("thanks", then="rescue")), KNOWN) == []


class TestTheWalk:
    def test_what_is_no_key_is_asked_again_and_then_left(self):
        step = begun(ACCOUNT, set())
        assert step.says == ("welcome", "ask_number")
        step = heard(ACCOUNT, step.line, "", set())
        assert step.says == ("not_heard", "ask_number")
        step = heard(ACCOUNT, step.line, "", set())
        assert step.deed is Deed.CALL_BACK

    def test_a_machine_hears_a_word_that_tells_nothing(self):
        step = begun(ACCOUNT, {Fact.OUTBOUND, Fact.MACHINE})
        assert step.says == ("left_word",)
        assert step.asks is step.deed is None


class TestIdentity:
    known = Known(number="C-00472", post_code="20121", invoices=["FT-2026/00815"])

    def test_a_number_and_a_code_prove_it(self):
        assert proves("0472", "20121", self.known)
        assert proves("00472", "0815", self.known)

    @pytest.mark.parametrize(
        ("number", "code"), [("472", "20121"), ("0472", "2012"), ("", ""), ("0473", "20121")]
    )
    def test_less_does_not(self, number, code):
        assert not proves(number, code, self.known)

    def test_letters_have_no_keys(self):
        british = Known(number="NW-1203", post_code="SW1A 1AA", invoices=[])
        assert is_number("1203", british)
        assert not is_code("11", british)

    @given(st.text(alphabet="0123456789", max_size=6))
    def test_nothing_known_proves_nothing(self, pressed):
        assert not proves(pressed, pressed, Known(number=""))


@given(
    day=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    country=st.sampled_from(["IT", "FR", "DE", "ES", "GB", "US"]),
    is_business=st.booleans(),
)
def test_days_to_choose_from_are_working_days_within_the_horizon(day, country, is_business):
    calendar = BusinessCalendar(country)
    days = choices_of(day, calendar, is_business=is_business)
    most = HORIZON_DAYS_BUSINESS if is_business else HORIZON_DAYS
    assert 1 <= len(days) <= 3
    for one in days:
        assert 0 < (one - day).days <= most
        assert calendar.is_business_day(one)


def test_amounts_and_days_are_said_as_people_hear_them():
    assert spoken_money(128_400, "EUR", Language.IT) == "1.284,00 euro"
    assert spoken_money(128_400, "SEK", Language.EN) == "1,284.00 SEK"
    days = [date(2026, 12, 8), date(2027, 1, 1)]
    said = "Per l’8 dicembre 2026, premete 1. Per il 1º gennaio 2027, premete 2."
    assert spoken_dates(days, Language.IT) == said
    assert spoken(["confirm"], {"promised": "10 euros"}, Language.EN)[0].startswith(
        "You will pay 10"
    )
