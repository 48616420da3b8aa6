"""Whether something that arrived belongs to a case: beyond doubt, perhaps, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.arriving import Arrived, Course, Doubt, Pointed, Sign, settle


def pointed(claim: int, *signs: Sign, **changes) -> Pointed:
    return Pointed(claim=claim, signs=tuple((sign, f"{sign}-1") for sign in signs), **changes)


class TestOneCase:
    @pytest.mark.parametrize("sign", list(Sign))
    def test_a_paper_goes_to_the_only_case_it_points_to(self, sign):
        settled = settle(Arrived(), [pointed(7, sign)])

        assert (settled.course, settled.doubt) == (Course.ATTACH, None)
        assert settled.candidates[0].best_sign == (sign, f"{sign}-1")

    def test_everything_that_points_elsewhere_points_here_too(self):
        here, there = pointed(7, Sign.CASE, Sign.INVOICE), pointed(8, Sign.INVOICE)

        assert settle(Arrived(), [there, here]).candidates[0].claim == 7
        assert settle(Arrived(), [there, here]).course is Course.ATTACH

    def test_nothing_points_anywhere(self):
        assert settle(Arrived(), []).course is Course.LEAVE


class TestDoubt:
    @pytest.mark.parametrize(
        ("arrived", "case", "doubt"),
        [
            (Arrived(), pointed(7, Sign.CASE, is_from_them=False), Doubt.SENDER),
            (Arrived(has_foreign=True), pointed(7, Sign.CASE), Doubt.FOREIGN),
            (Arrived(is_sure=False), pointed(7, Sign.DELIVERY), Doubt.READING),
            (Arrived(), pointed(7, Sign.DELIVERY, is_signing=True), Doubt.SIGNING),
            (Arrived(has_records=True), pointed(7, Sign.THREAD), Doubt.OTHER_MATTER),
            (
                Arrived(is_claim=True),
                pointed(7, Sign.THREAD, Sign.INVOICE, same_amount=False),
                Doubt.OTHER_MATTER,
            ),
        ],
    )
    def test_a_person_must_say_yes_first(self, arrived, case, doubt):
        settled = settle(arrived, [case])

        assert (settled.course, settled.doubt) == (Course.PROPOSE, doubt)

    def test_of_several_that_fit_the_one_that_waits_is_first(self):
        settled = settle(
            Arrived(), [pointed(8, Sign.INVOICE), pointed(7, Sign.INVOICE, waits=True)]
        )

        assert (settled.course, settled.doubt) == (Course.PROPOSE, Doubt.SEVERAL)
        assert [case.claim for case in settled.candidates] == [7, 8]

    def test_two_that_contradict_each_other_are_several(self):
        assert (
            settle(Arrived(), [pointed(7, Sign.THREAD), pointed(8, Sign.DELIVERY)]).doubt
            is Doubt.SEVERAL
        )


class TestClaims:
    def test_a_claim_about_the_same_invoice_is_a_claim_of_its_own(self):
        assert settle(Arrived(is_claim=True), [pointed(7, Sign.INVOICE)]).course is Course.LEAVE

    @pytest.mark.parametrize(
        "case",
        [pointed(7, Sign.CLAIM), pointed(7, Sign.INVOICE, waits=True), pointed(7, Sign.CASE)],
    )
    def test_unless_it_names_the_case_or_the_case_waits_for_it(self, case):
        assert settle(Arrived(is_claim=True), [case]).course is Course.ATTACH

    def test_another_amount_under_their_number_is_another_claim(self):
        case = pointed(7, Sign.CLAIM, same_amount=False, waits=True)

        assert settle(Arrived(is_claim=True), [case]).course is Course.LEAVE

    def test_a_mail_without_papers_is_no_evidence(self):
        assert settle(Arrived(is_paper=False), [pointed(7, Sign.INVOICE)]).course is Course.LEAVE


cases = st.builds(
    Pointed,
    claim=st.integers(1, 5),
    signs=st.lists(st.sampled_from(Sign), min_size=1, unique=True).map(
        lambda signs: tuple((sign, "1") for sign in signs)
    ),
    waits=st.booleans(),
    is_from_them=st.booleans(),
    is_signing=st.booleans(),
    same_amount=st.booleans(),
)
arriveds = st.builds(
    Arrived,
    is_paper=st.booleans(),
    is_claim=st.booleans(),
    is_sure=st.booleans(),
    has_foreign=st.booleans(),
    has_records=st.booleans(),
)


@given(arriveds, st.lists(cases, max_size=4, unique_by=lambda case: case.claim))
def test_nothing_is_laid_down_by_itself_that_somebody_might_regret(arrived, found):
    settled = settle(arrived, found)

    if settled.course is Course.ATTACH:
        best = settled.candidates[0]
        assert best.is_from_them
        assert not best.is_signing
        assert arrived.is_sure
        assert not arrived.has_foreign
        assert all(other.kinds < best.kinds for other in settled.candidates[1:])
    assert (settled.doubt is not None) == (settled.course is Course.PROPOSE)


@given(arriveds, st.lists(cases, max_size=4, unique_by=lambda case: case.claim), st.randoms())
def test_the_order_in_which_cases_are_found_does_not_matter(arrived, found, random):
    shuffled = list(found)
    random.shuffle(shuffled)

    assert settle(arrived, found) == settle(arrived, shuffled)
