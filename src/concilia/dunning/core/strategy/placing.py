"""What becomes of one customer today: a touch, or a reason why not (domain.md §3, §4.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.contact.asking import (
    Answer,
    Asked,
    ContactDesk,
    Wanted,
)
from concilia.dunning.core.contact.content import content_of
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.ladder import Asking, Due, Last, Why, note_is_due, touch_due
from concilia.dunning.core.strategy.segments import (
    Assigned,
    Assigner,
    Behaviour,
    Place,
    band_of,
    score_of,
    stage_of,
    who_of,
)
from concilia.dunning.core.strategy.terms import BY_PROGRAM, CHANNEL_OF, SHORT, Step, Way
from concilia.kernel.non_payment import UNKNOWN

# Where the cents of what is past due are; `asked` is what of `ready` goes into a touch.
PLACES: Final = ("disputed", "promised", "planned", "placed", "held", "dunnable")
# Nobody is tried on who is vulnerable, dead, insolvent, or disputes (§3.2).
NOT_TRIED: Final = frozenset({"NR-11", "NR-12", "NR-13", "NR-14", "NR-17"})


@dataclass(frozen=True, slots=True)
class Number:
    """
    Whom a short message may go to: the number works and did not say no.

    :param agreed: they agreed to this way, or wrote by it themselves
    """

    contact_id: int
    agreed: bool = False


NO_NUMBERS: Final[Mapping[Way, Number]] = MappingProxyType({})
WAY_OF: Final = {channel: way for way, channel in CHANNEL_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """
    A customer in one currency, as the run sees them; amounts in minor units, of what is past due.

    :param ready: what of `dunnable` no reason holds; `least`: for so little nothing is sent
    :param value: `ready` in whole units of the company's currency
    :param email_contact: whom a mail may go to; `opted_out`: all who could have got one said no
    :param numbers: whom a short message may go to, by way
    :param unwanted: ways of short messages that all their numbers refused
    :param noted_on: when a courtesy note last went
    :param motives: in force for the customer as a whole: code, since when, and the last day
    """

    customer_id: int
    currency: str
    country: str
    segment: str
    is_business: bool
    open: int
    disputed: int
    promised: int
    planned: int
    placed: int
    held: int
    dunnable: int
    ready: int
    least: int
    value: int
    oldest_due: date | None
    stops: bool = False
    hold_until: date | None = None
    held_for: str = ""
    motive: str = UNKNOWN
    motives: Sequence[tuple[str, date, date | None]] = ()
    last: Last | None = None
    acted_on: date | None = None
    broken_on: date | None = None
    noted_on: date | None = None
    exhausted: bool = False
    behaviour: Behaviour = field(default_factory=Behaviour)
    is_under_way: bool = False
    email_contact: int | None = None
    phone_contact: int | None = None
    opted_out: bool = False
    numbers: Mapping[Way, Number] = field(default_factory=lambda: NO_NUMBERS)
    unwanted: frozenset[Way] = frozenset()
    past: Sequence[Asked] = ()
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch to make, with everything that says why."""

    assigned: Assigned
    place: Place
    step: Step
    way: Way
    contact_id: int | None
    resumed_on: date | None
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """Why somebody hears nothing, how much is in it, and from when on they may."""

    why: Why
    minor: int
    detail: str = ""
    until: date | None = None


class Placer:
    """
    Places customers one after the other under one strategy, on one day.

    :param carried: the ways by which the program can send; what is not set up is passed over
    :param talk_first: customers whose plan was not kept and with whom nobody has spoken since
    """

    def __init__(
        self,
        assigner: Assigner,
        desk: ContactDesk,
        *,
        today: date,
        at: datetime,
        carried: frozenset[Way] = BY_PROGRAM,
        talk_first: frozenset[int] = frozenset(),
    ) -> None:
        self.assigner, self.desk, self.today, self.at = assigner, desk, today, at
        self.carried, self.talk_first = carried, talk_first
        strategy = assigner.strategy
        self.plans = {name: strategy.ladder(name) for name in strategy.plans}
        self.notes = {name: step for name in strategy.plans if (step := strategy.note(name))}
        self._due: dict[tuple[str, Asking], Due] = {}

    def place(self, debtor: Debtor) -> Touch | Passed:
        """Return what becomes of one customer."""
        held = _held_back(debtor)
        if held is None and debtor.customer_id in self.talk_first:
            return Passed(Why.PLAN_BROKEN, debtor.ready)
        return held or self._on_ladder(debtor)

    def note(self, debtor: Debtor) -> Touch | None:
        """
        Return the courtesy note that goes to somebody of whom nothing is late; None for no note.

        :param debtor: with what falls due soon in place of what is past due
        """
        if _held_back(debtor):
            return None
        place, assigned = self._assigned(debtor)
        step = self.notes.get(assigned.plan)
        if step is None or (step.wished and not debtor.wishes.courtesy):
            return None
        rest_days = self.assigner.strategy.rest_days
        if not note_is_due(step, _asking(debtor), self.today, rest_days):
            return None
        draft = Touch(assigned, place, step, step.ways[0], None, None, None)
        found = self._by_a_way(debtor, step, draft)
        return found if isinstance(found, Touch) else None

    def _assigned(self, debtor: Debtor) -> tuple[Place, Assigned]:
        assert debtor.oldest_due is not None, "what may be asked for is due some day"
        place = Place(
            who=who_of(debtor.segment, is_business=debtor.is_business),
            band=band_of(score_of(debtor.behaviour)),
            stage=stage_of((self.today - debtor.oldest_due).days),
            value=debtor.value,
        )
        may_try = not debtor.disputed and not any(code in NOT_TRIED for code in _codes(debtor))
        return place, self.assigner.assign(place, debtor.customer_id, may_try=may_try)

    def _on_ladder(self, debtor: Debtor) -> Touch | Passed:
        strategy = self.assigner.strategy
        place, assigned = self._assigned(debtor)
        asking = _asking(debtor)
        steps = self.plans[assigned.plan]
        if not steps:
            return Passed(Why.PLAN_OVER, debtor.ready)
        due = self._due.get((assigned.plan, asking))
        if due is None:
            due = touch_due(steps, asking, self.today, strategy.rest_days, strategy.pause_days)
            self._due[assigned.plan, asking] = due
        if due.place is None:
            assert due.why is not None, "nothing is due for a reason"
            return Passed(due.why, debtor.ready, until=due.until)
        step = steps[due.place]
        return self._by_a_way(debtor, step, Touch(
            assigned, place, step, step.ways[0], None, due.resumed_on, None
        ))  # fmt: skip

    def _by_a_way(self, debtor: Debtor, step: Step, draft: Touch) -> Touch | Passed:
        """The first way that reaches them and is allowed; the first refusal is what is told."""
        refused: Passed | None = None
        for way in ways_for(step.ways, debtor.wishes.preferred, debtor.numbers):
            if why_not := self._out_of_reach(debtor, way):
                refused = refused or Passed(why_not, debtor.ready)
                continue
            answer = self._answer(debtor, step, way)
            if answer.allowed or answer.waits:
                return Touch(
                    draft.assigned, draft.place, step, way, _contact(debtor, way), draft.resumed_on,
                    None if answer.allowed else answer.earliest,
                )  # fmt: skip
            until = answer.earliest.date() if answer.earliest else None
            why = Why.NOBODY_KNOWS_WHERE if answer.rule == "" else Why.POLICY
            refused = refused or Passed(why, debtor.ready, answer.rule, until)
        assert refused is not None, "a step has a way"
        return refused

    def _out_of_reach(self, debtor: Debtor, way: Way) -> Why | None:
        if way in BY_PROGRAM and way not in self.carried:
            return Why.NOT_SET_UP
        if way is Way.EMAIL and debtor.email_contact is None:
            return Why.OPTED_OUT if debtor.opted_out else Why.NO_ADDRESS
        if way in SHORT and way not in debtor.numbers:
            return Why.OPTED_OUT if way in debtor.unwanted else Why.NO_ADDRESS
        return None

    def _answer(self, debtor: Debtor, step: Step, way: Way) -> Answer:
        wishes, number = debtor.wishes, debtor.numbers.get(way)
        if number is not None and number.agreed:
            wishes = wishes.agreeing_to(CHANNEL_OF[way])
        wanted = Wanted(
            channel=CHANNEL_OF[way],
            country=debtor.country,
            is_business=debtor.is_business,
            motives=tuple(debtor.motives),
            is_disputed=bool(debtor.disputed),
            is_legal=step.tone is Tone.FORMAL_NOTICE,
            past=tuple(debtor.past),
            wishes=wishes,
            content=content_of(CHANNEL_OF[way], debtor.country, is_business=debtor.is_business),
            at=self.at,
        )
        return self.desk.ask(wanted)


def ways_for(
    ways: Sequence[Way], preferred: Channel | None, numbers: Mapping[Way, Number]
) -> list[Way]:
    """
    Return the ways of a step in the order in which they are tried for somebody.

    What they prefer comes first if the step has it. Where it has short messages, one on a messaging
    service takes their place for who prefers that and agreed to it.
    """
    found, wish = list(ways), WAY_OF.get(preferred) if preferred else None
    number = numbers.get(wish) if wish else None
    if wish is Way.WHATSAPP and Way.SMS in found and number is not None and number.agreed:
        found = [wish, *(way for way in found if way is not wish)]
    return sorted(found, key=lambda way: way is not wish)


def _contact(debtor: Debtor, way: Way) -> int | None:
    if way in debtor.numbers:
        return debtor.numbers[way].contact_id
    return {Way.EMAIL: debtor.email_contact, Way.CALL: debtor.phone_contact}.get(way)


def _asking(debtor: Debtor) -> Asking:
    assert debtor.oldest_due is not None, "what may be asked for is due some day"
    return Asking(
        oldest_due=debtor.oldest_due,
        last=debtor.last,
        acted_on=debtor.acted_on,
        broken_on=debtor.broken_on,
        noted_on=debtor.noted_on,
        motive=debtor.motive,
        exhausted=debtor.exhausted,
    )


def _held_back(debtor: Debtor) -> Passed | None:
    """Whom nothing is asked of, whatever the plan says."""
    if not debtor.dunnable:
        places = {
            Why.DISPUTED: debtor.disputed,
            Why.PROMISED: debtor.promised,
            Why.PLANNED: debtor.planned,
            Why.PLACED: debtor.placed,
            Why.HELD: debtor.held,
        }
        most = max(places, key=lambda why: places[why])
        return Passed(most, places[most])
    if not debtor.ready:
        why = Why.STOPPED if debtor.stops else Why.RESTING
        return Passed(why, debtor.dunnable, debtor.held_for, debtor.hold_until)
    if debtor.ready <= debtor.least:
        return Passed(Why.LITTLE, debtor.ready)
    return Passed(Why.UNDER_WAY, debtor.ready) if debtor.is_under_way else None


def _codes(debtor: Debtor) -> list[str]:
    return [debtor.motive, *(code for code, _since, _until in debtor.motives)]
