"""Whatever is lost or late on the way: at most one document, and in the end one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.postings import a_credit_request

from concilia.ledger.ports import PostingFailed, PostingRequest, PostingStatus, Totals
from concilia.plugins.erps.tryton.once import Held, post_once


class Fate(StrEnum):
    """What happens to one call of a poster."""

    DONE = "DONE"
    LOST_BEFORE = "LOST_BEFORE"
    LOST_AFTER = "LOST_AFTER"
    LATE = "LATE"


class FakeTryton:
    """
    Documents of one reference, behind a wire on which calls get lost or come true late.

    `fates` says what becomes of each changing call, `surges` which late calls come true before each
    call, whether it changes anything or not; when they are used up, all goes well.
    """

    def __init__(self) -> None:
        self.documents: dict[int, Held] = {}
        self.keys = 0
        self.late: list[Callable[[], object]] = []
        self.fates: list[Fate] = []
        self.surges: list[list[int]] = []

    def held(self, external_ref: str) -> list[Held]:
        self._surge()
        return [self.documents[key] for key in sorted(self.documents)]

    def create(self, request: PostingRequest) -> None:
        self.keys += 1  # a key is taken when the call begins, whenever it comes true
        key = self.keys
        draft = Held(id=key, state="draft", number="", period=None, totals=request.totals)
        self._do(lambda: self.documents.update({key: draft}))

    def adjust(self, draft: Held, request: PostingRequest) -> None:
        """There is nothing to round."""

    def post(self, draft: Held) -> None:
        self._do(lambda: self._post(draft.id))

    def delete(self, drafts: Sequence[Held]) -> None:
        for each in drafts:
            self._do(lambda key=each.id: self._remove(key))

    def _post(self, key: int) -> None:
        held = self.documents.get(key)
        if held is None or held.is_booked:
            raise PostingFailed(f"Tryton refused: no draft {key}", permanent=True)
        self.documents[key] = replace(held, state="posted", number=f"NC{key}")

    def _remove(self, key: int) -> None:
        held = self.documents.get(key)
        if held is not None and held.is_booked:
            raise PostingFailed("Tryton refused: it is posted", permanent=True)
        self.documents.pop(key, None)

    def _do(self, effect: Callable[[], object]) -> None:
        self._surge()
        fate = self.fates.pop(0) if self.fates else Fate.DONE
        if fate is Fate.LATE:
            self.late.append(effect)
        elif fate is not Fate.LOST_BEFORE:
            effect()
        if fate is not Fate.DONE:
            raise PostingFailed("no answer", permanent=False, lost=True)

    def _surge(self) -> None:
        for which in self.surges.pop(0) if self.surges else ():
            self.come_true(which)

    def come_true(self, which: int) -> None:
        if self.late:
            with suppress(PostingFailed):
                self.late.pop(which % len(self.late))()

    def calm_down(self) -> None:
        self.fates, self.surges = [], []
        while self.late:
            self.come_true(0)

    @property
    def booked(self) -> list[Held]:
        return [held for held in self.documents.values() if held.is_booked]


fates = st.lists(st.sampled_from(Fate), max_size=5)
surges = st.lists(st.lists(st.integers(0, 5), max_size=2), max_size=12)


class TestPostOnce:
    @settings(max_examples=300)
    @given(attempts=st.lists(st.tuples(fates, surges), max_size=8))
    def test_books_at_most_once_and_in_the_end_once(self, attempts):
        tryton, request = FakeTryton(), a_credit_request()
        for tryton.fates, tryton.surges in attempts:
            self.attempt(tryton, request)
        self.settle(tryton, request)

    # Where a poster dies, its last call coming true later, and which late calls come true before
    # the next poster begins.
    DEATHS = tuple([Fate.DONE] * calls + [Fate.LATE] for calls in range(3))
    SURGES = ([], [0], [-1], [0, 0, 0])

    @pytest.mark.parametrize("posters", [1, 2, 3, 4])
    def test_however_many_posters_die_in_a_row(self, posters):
        request = a_credit_request()
        for story in product(product(self.DEATHS, self.SURGES), repeat=posters):
            tryton = FakeTryton()
            for death, surge in story:
                tryton.fates, tryton.surges = list(death), [list(surge)]
                self.attempt(tryton, request)
            self.settle(tryton, request)

    def attempt(self, tryton: FakeTryton, request: PostingRequest) -> None:
        """A poster dies of its first failure; the next one knows nothing of it."""
        with suppress(PostingFailed):
            post_once(tryton, request)
        assert len(tryton.booked) <= 1

    def settle(self, tryton: FakeTryton, request: PostingRequest) -> None:
        """Nothing goes wrong any more, and what was late comes true now, or in the middle of it."""
        tryton.fates, tryton.surges = [], [[], [], [], [0, 0, 0]]
        with suppress(PostingFailed):
            post_once(tryton, request)
        tryton.calm_down()
        number = post_once(tryton, request).erp_number
        again = post_once(tryton, request)
        assert (again.status, again.erp_number) == (PostingStatus.DUPLICATE, number)
        assert [held.number for held in tryton.held("")] == [number]

    def test_what_somebody_booked_twice_is_told_and_not_chosen(self):
        tryton, request = FakeTryton(), a_credit_request()
        post_once(tryton, request)
        tryton.documents[99] = replace(tryton.documents[1], id=99, number="NC99")
        with pytest.raises(PostingFailed, match="NC1, NC99") as failure:
            post_once(tryton, request)
        assert (failure.value.code, failure.value.permanent) == ("twice", True)

    def test_a_draft_with_other_amounts_is_not_booked(self):
        tryton, request = FakeTryton(), a_credit_request()
        wrong = Totals(currency="EUR", net_minor=1, vat_minor=0)
        tryton.documents[1] = Held(id=1, state="draft", number="", period=None, totals=wrong)
        with pytest.raises(PostingFailed) as failure:
            post_once(tryton, request)
        assert (failure.value.code, tryton.documents) == ("amounts_differ", {})
