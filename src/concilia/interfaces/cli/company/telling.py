"""
Plays the scripts: the mails of each claim, what people did, what was paid, and what is true of
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from concilia.interfaces.cli.company import letters
from concilia.interfaces.cli.company.bank import BankBook
from concilia.interfaces.cli.company.facts import Facts, facts_of
from concilia.interfaces.cli.company.people import BY_FIRST_NAME, CLERKS
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.post import PostOffice, arrival
from concilia.interfaces.cli.company.routes import Desk, Words, after_minutes, run_script, state_of
from concilia.interfaces.cli.company.shapes import Act, ClaimStory, Customer
from concilia.interfaces.cli.company.story_bank import pay_after, repay
from concilia.interfaces.cli.company.workdays import ROME, at_rome, shift_workdays


@dataclass(slots=True)
class Stage:
    """What the telling of every script needs."""

    rng: Random
    as_of: date
    now: datetime
    customers: dict[str, Customer]
    book: BankBook
    office: PostOffice
    refs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A script that was played: where it began and what else spoke of the same event."""

    plot: Plot
    facts: Facts
    key: str
    start: datetime
    ref: str
    again: str


def tell(stage: Stage, plots: list[Plot]) -> tuple[list[ClaimStory], list[Act]]:
    """Play every script; gives the truth about the claims, and the acts in no order yet."""
    desk = Desk(
        rng=stage.rng,
        now=stage.now,
        words=Words(letters.staff_note, letters.staff_question, letters.staff_answer),
        deliver=stage.office.deliver,
        repay=lambda plot, facts, day: repay(
            stage.book,
            plot,
            facts,
            stage.customers[plot.customer.payer_slug],
            shift_workdays(stage.as_of, -day),
        ),
        papers=stage.office.paper,
    )
    stories: list[ClaimStory] = []
    for plot in plots:
        told = _play(stage, desk, plot)
        stories.append(_truth(told))
        if _is_duplicate(told):
            stories.append(_duplicate(told))
    return stories, desk.acts


def _play(stage: Stage, desk: Desk, plot: Plot) -> Told:
    script = plot.script
    ref = stage.refs.get(script.key, "")
    by_bank = script.channel == "bank"
    start = arrival(stage.as_of, script.day, script.hour)
    if by_bank:
        start = at_rome(shift_workdays(stage.as_of, 1 - script.day), 6, 5)
    facts = facts_of(plot, stage.office.sales, start.astimezone(ROME).date())
    key = ref if by_bank else stage.office.claim(plot, facts, start)
    end = run_script(desk, plot, facts, key, start)
    again = _second_channel(stage, desk, plot, facts, key)
    pay_after(
        stage.book,
        plot,
        facts,
        stage.customers[plot.customer.payer_slug],
        shift_workdays(stage.as_of, -1),
        end.astimezone(ROME).date(),
    )
    return Told(plot, facts, key, start, ref, again)


def _second_channel(stage: Stage, desk: Desk, plot: Plot, facts: Facts, key: str) -> str:
    """Let the same event speak a second time, and the clerk put both together."""
    script = plot.script
    if not script.again:
        return ""
    if script.again == "mail":
        at = arrival(stage.as_of, script.day - 2, 10.2)
        twin = stage.office.again(plot, facts, at)
        read_at = after_minutes(at, desk.rng.randint(4, 10))
        if read_at <= stage.now:
            who = BY_FIRST_NAME[CLERKS[plot.sender.language]]
            desk.acts.append(Act(read_at, who, "confirm_reading", twin, {}))
    else:
        assert script.pay is not None
        at = at_rome(shift_workdays(stage.as_of, 1 - script.pay.day), 6, 5)
        twin = stage.refs[script.key]
    merged_at = after_minutes(at, desk.rng.randint(12, 90))
    if merged_at <= stage.now:
        who = BY_FIRST_NAME[CLERKS[plot.sender.language]]
        desk.acts.append(Act(merged_at, who, "merge", key, {"twin": twin}))
    return twin


def _truth(told: Told) -> ClaimStory:
    plot, facts = told.plot, told.facts
    mails = [told.key] if told.key != told.ref else []
    if told.plot.script.again == "mail":
        mails.append(told.again)
    return ClaimStory(
        key=plot.script.key,
        subject_key=told.key,
        customer_number=plot.customer.number,
        reason=plot.script.reason,
        state=state_of(plot, facts),
        opened_at=told.start,
        currency=plot.customer.currency,
        claimed=facts.claimed,
        valid=facts.valid,
        lines=facts.lines,
        invoice_number=(plot.twin or plot.sale).number,
        mail_keys=tuple(mails),
        bank_refs=(told.ref,) if told.ref else (),
    )


def _is_duplicate(told: Told) -> bool:
    return told.plot.script.again in ("bank-twin", "mail")


def _duplicate(told: Told) -> ClaimStory:
    """The second report of an event: a claim of its own until a person merges it."""
    plot, facts = told.plot, told.facts
    by_mail = plot.script.again == "mail"
    return ClaimStory(
        key=f"{plot.script.key}/twin",
        subject_key=told.again,
        customer_number=plot.customer.number,
        reason=plot.script.reason,
        state="DUPLICATE",
        opened_at=told.start,
        currency=plot.customer.currency,
        claimed=facts.claimed,
        valid=0,
        lines=(),
        invoice_number=plot.sale.number,
        mail_keys=(told.again,) if by_mail else (),
        bank_refs=() if by_mail else (told.again,),
    )
