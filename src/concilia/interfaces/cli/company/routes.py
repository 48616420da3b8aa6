"""
What people did with each claim, and when: the steps of a script become acts and answering mails.

Verbs and their `args` (every act also has `at`, `who`, `subject_key`):

| verb | args | meaning |
|---|---|---|
| confirm_reading | | the clerk finds everything read right and opens the claim |
| correct_reading | field, value | a value read wrong is put right, the claim opened |
| assign | department, to | owner; the claim is being checked from here |
| check | | taken up again after an appeal or an answer |
| note | text, language | internal, never leaves |
| ask_carrier | carrier, question | clock stops: WAITING_THIRD_PARTY |
| ask_colleague | department, to, question | WAITING_INTERNAL |
| ask_customer | text, language | clock stops: WAITING_CUSTOMER |
| carrier_answered | mail | the carrier's paper came by that mail; clock runs again |
| customer_answered | mail | clock runs again |
| add_evidence | evidence, paper | a file of `Company.papers`; evidence code of domain.md §2.4 |
| send_document | document | invoice or POD sent to the customer, no money |
| propose | outcome, approved, denied, lines, resolution, reason | outcome accept, part or refuse |
| submit | | the proposal goes to approval |
| approve | level, amount | one signature, with `last` on the one that decides |
| post, confirm_posting, fail_posting | message | the ERP: asked, done, refused |
| notify_customer | text, language | the answer leaves |
| customer_accepted, customer_appealed, customer_withdrew, customer_reopened | mail | |
| collect_back | amount | the refused part is asked for again |
| record_repayment | bank_ref, amount | and it came |
| escalate_legal | reason | |
| confirm_match | documents, customer | a bank entry (`subject_key`) pays these; no claim |
| merge | twin | the other mail or bank entry tells of the same event |
| close | | |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from concilia.interfaces.cli.company.facts import Facts
from concilia.interfaces.cli.company.people import BY_FIRST_NAME, CLERKS, RESOLVERS, approvers
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.shapes import Act, JsonValue
from concilia.interfaces.cli.company.workdays import ROME, at_rome, is_workday, shift_workdays

OPENING, CLOSING = 8.6, 17.6
VERBS = (
    "confirm_reading", "correct_reading", "assign", "check", "note", "ask_carrier", "ask_colleague",
    "ask_customer", "carrier_answered", "customer_answered", "add_evidence", "send_document",
    "propose", "submit", "approve", "post", "confirm_posting", "fail_posting", "notify_customer",
    "customer_accepted", "customer_appealed", "customer_withdrew", "customer_reopened",
    "collect_back", "record_repayment", "escalate_legal", "merge", "close", "confirm_match",
)  # fmt: skip
STATES_BY_LAST_STEP: dict[str, str] = {
    "": "RECEIVED", "read": "QUALIFYING", "take": "INVESTIGATING", "note": "INVESTIGATING",
    "check": "INVESTIGATING", "reply": "INVESTIGATING", "pod": "INVESTIGATING",
    "lost": "INVESTIGATING",
    "answer": "INVESTIGATING", "carrier": "WAITING_THIRD_PARTY", "colleague": "WAITING_INTERNAL",
    "ask": "WAITING_CUSTOMER", "propose": "DECISION_PROPOSED",
    "propose_refuse": "DECISION_PROPOSED",
    "submit": "IN_APPROVAL", "approve_first": "IN_APPROVAL", "approve": "APPROVED",
    "refuse": "DENIED",
    "post": "POSTING", "posted": "POSTED", "fail": "POSTING_FAILED", "notify": "CUSTOMER_NOTIFIED",
    "accept": "ACCEPTED", "collect": "COLLECT_BACK", "repaid": "REPAID", "appeal": "APPEALED",
    "legal": "ESCALATED_LEGAL", "withdraw": "WITHDRAWN", "reopen": "REOPENED", "close": "CLOSED",
}  # fmt: skip


class StoryRunsLate(ValueError):
    """A script has more steps than its days before `as_of` can hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the staff write: each function is given a plot's facts and gives the text."""

    note: Callable[[Plot, Facts, str], str]
    ask: Callable[[Plot, Facts], str]
    answer: Callable[[Plot, Facts, bool], str]


@dataclass(slots=True)
class Desk:
    """Where the steps of all scripts leave their acts and order their mails."""

    rng: Random
    now: datetime
    words: Words
    deliver: Callable[[Plot, Facts, str, datetime], str]
    repay: Callable[[Plot, Facts, int], str]
    papers: Callable[[Plot, Facts, str], str]
    acts: list[Act] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One claim on its way: the cursor is the moment the last step happened."""

    desk: Desk
    plot: Plot
    facts: Facts
    subject_key: str
    cursor: datetime
    department: str = "CRD"
    refused: bool = False
    signed: int = 0

    def act(self, who: str, verb: str, **args: JsonValue) -> None:
        """Record an act at the cursor."""
        name = BY_FIRST_NAME.get(who, who)
        if self.cursor > self.desk.now:
            raise StoryRunsLate(
                f"{self.plot.script.key}: {verb} would be at {self.cursor:%d.%m. %H:%M}"
            )
        self.desk.acts.append(Act(self.cursor, name, verb, self.subject_key, args))

    def later(self, low: int, high: int) -> None:
        """Let between `low` and `high` minutes of office time pass."""
        self.cursor = after_minutes(self.cursor, self.desk.rng.randint(low, high))

    def next_days(self, low: int, high: int) -> None:
        """Go on one of the next working days, at some time of the morning or afternoon."""
        day = shift_workdays(self.cursor.astimezone(ROME).date(), self.desk.rng.randint(low, high))
        self.cursor = at_rome(day, self.desk.rng.randint(8, 15), self.desk.rng.randint(0, 59))

    @property
    def clerk(self) -> str:
        """Give the first name of the clerk who looks after this customer."""
        return CLERKS[self.plot.sender.language]


def run_script(desk: Desk, plot: Plot, facts: Facts, subject_key: str, start: datetime) -> datetime:
    """Play the steps of a plot from its arrival; gives the moment of the last one."""
    run = Run(desk, plot, facts, subject_key, start)
    for word in plot.script.steps.split():
        step, _, detail = word.partition(":")
        STEPS[step](run, detail)
    return run.cursor


def state_of(plot: Plot, facts: Facts) -> str:
    """Give the state of domain.md §2.2 that the steps of a plot lead to."""
    steps = [word.partition(":")[0] for word in plot.script.steps.split()]
    state = STATES_BY_LAST_STEP[steps[-1] if steps else ""]
    if steps and steps[-1] == "notify" and "posted" in steps:
        return "POSTED"
    if state == "APPROVED" and facts.valid < facts.claimed:
        return "PARTIALLY_APPROVED"
    return state


def after_minutes(moment: datetime, minutes: int) -> datetime:
    """Let minutes of office time pass, from 8:36 to 17:36 on working days in Cuneo."""
    local = moment.astimezone(ROME)
    day = local.date()
    at = local.hour * 60 + local.minute
    opens, closes = round(OPENING * 60), round(CLOSING * 60)
    if not is_workday(day) or at >= closes:
        day, at = shift_workdays(day, 1), opens
    at = max(at, opens) + minutes
    while at >= closes:
        day, at = shift_workdays(day, 1), at - closes + opens
    return at_rome(day, at // 60, at % 60)


def _read(run: Run, _: str) -> None:
    run.later(9, 55)
    correct = run.plot.script.correct
    if correct:
        value = {"order": run.facts.words["po"], "amount": str(run.facts.claimed)}[correct]
        run.act(run.clerk, "correct_reading", field=correct, value=value)
    else:
        run.act(run.clerk, "confirm_reading")


def _take(run: Run, department: str) -> None:
    run.later(4, 30)
    run.department = department
    run.act(run.clerk, "assign", department=department, to=BY_FIRST_NAME[RESOLVERS[department]])


def _check(run: Run, _: str) -> None:
    run.later(20, 200)
    run.act(run.clerk, "check")


def _note(run: Run, _: str) -> None:
    run.later(40, 260)
    text = run.desk.words.note(run.plot, run.facts, run.department)
    who = RESOLVERS[run.department]
    run.act(who, "note", text=text, language=run.plot.sender.language)


def _carrier(run: Run, _: str) -> None:
    run.later(15, 90)
    question = f"POD {run.plot.sale.delivery_number}"
    run.act("marco", "ask_carrier", carrier=run.plot.sale.carrier, question=question)


def _pod(run: Run, _: str) -> None:
    run.next_days(1, 2)
    key = run.desk.deliver(run.plot, run.facts, "pod", run.cursor)
    run.later(1, 3)
    run.act("marco", "carrier_answered", mail=key)


def _lost(run: Run, _: str) -> None:
    run.next_days(2, 3)
    key = run.desk.deliver(run.plot, run.facts, "lost", run.cursor)
    run.later(10, 60)
    run.act("marco", "carrier_answered", mail=key)


def _colleague(run: Run, who: str) -> None:
    run.later(10, 60)
    run.department = next(code for code, name in RESOLVERS.items() if name == who)
    question = f"{run.facts.words['inv']}: {run.plot.script.reason}?"
    run.act(
        run.clerk,
        "ask_colleague",
        department=run.department,
        to=BY_FIRST_NAME[who],
        question=question,
    )


def _reply(run: Run, paper: str) -> None:
    run.later(90, 600)
    kinds = {"contract": "CT", "photos": "PHO", "lab": "QCR", "papers": "DDT"}
    key = run.desk.papers(run.plot, run.facts, paper or "photos")
    run.act(RESOLVERS[run.department], "add_evidence", evidence=kinds[paper or "photos"], paper=key)


def _ask(run: Run, _: str) -> None:
    run.later(20, 120)
    text = run.desk.words.ask(run.plot, run.facts)
    run.act(run.clerk, "ask_customer", text=text, language=run.plot.sender.language)


def _answer(run: Run, _: str) -> None:
    run.next_days(1, 3)
    key = run.desk.deliver(run.plot, run.facts, "answer", run.cursor)
    run.later(5, 50)
    run.act(run.clerk, "customer_answered", mail=key)


def _send(run: Run, _: str) -> None:
    run.later(10, 50)
    run.act(run.clerk, "send_document", document="POD")


def _resend(run: Run, _: str) -> None:
    run.later(10, 50)
    run.act(run.clerk, "send_document", document="INV")


def _propose(run: Run, _: str) -> None:
    run.refused = False
    _record_proposal(run)


def _propose_refuse(run: Run, _: str) -> None:
    run.refused = True
    _record_proposal(run)


def _record_proposal(run: Run) -> None:
    run.later(30, 240)
    facts = run.facts
    valid = 0 if run.refused else facts.valid
    outcome = "refuse" if run.refused else "accept" if valid == facts.claimed else "part"
    lines: list[JsonValue] = [
        {
            "reason": line.reason,
            "sku": line.sku,
            "claimed": line.claimed,
            "approved": 0 if run.refused else line.valid,
        }
        for line in facts.lines
    ]
    resolution = "ap_offset" if run.plot.script.reason == "CO-03" else "credit_note"
    run.act(
        run.clerk,
        "propose",
        outcome=outcome,
        approved=valid,
        denied=facts.claimed - valid,
        lines=lines,
        resolution="collect_back" if run.refused else resolution,
        reason="" if outcome == "accept" else "not_proven",
    )


def _submit(run: Run, _: str) -> None:
    run.later(2, 12)
    run.signed = 0
    run.act(run.clerk, "submit")


def _chain(run: Run) -> list[tuple[str, int]]:
    amount = run.facts.claimed if run.refused else run.facts.valid
    return approvers(amount, is_refusal=run.refused)


def _approve_first(run: Run, _: str) -> None:
    run.later(60, 300)
    who, level = _chain(run)[0]
    run.signed = 1
    run.act(who, "approve", level=level, amount=run.facts.valid, last=False)


def _approve(run: Run, _: str) -> None:
    chain = _chain(run)
    amount = 0 if run.refused else run.facts.valid
    for n, (who, level) in enumerate(chain[run.signed :], start=run.signed + 1):
        run.later(45, 330)
        run.act(who, "approve", level=level, amount=amount, last=n == len(chain))


def _post(run: Run, _: str) -> None:
    run.later(1, 2)
    run.act("system", "post")


def _posted(run: Run, _: str) -> None:
    _post(run, "")
    run.later(1, 3)
    run.act("system", "confirm_posting")


def _fail(run: Run, _: str) -> None:
    _post(run, "")
    run.later(1, 3)
    run.act("system", "fail_posting", message="Period is closed for journal NC")


def _notify(run: Run, _: str) -> None:
    run.later(5, 50)
    text = run.desk.words.answer(run.plot, run.facts, run.refused)
    run.act(run.clerk, "notify_customer", text=text, language=run.plot.sender.language)


def _by_mail(kind: str, verb: str, low: int, high: int) -> Callable[[Run, str], None]:
    def step(run: Run, _: str) -> None:
        run.next_days(low, high)
        key = run.desk.deliver(run.plot, run.facts, kind, run.cursor)
        run.act("customer", verb, mail=key)

    return step


def _collect(run: Run, _: str) -> None:
    run.later(20, 90)
    run.act(run.clerk, "collect_back", amount=run.facts.claimed - _approved(run))


def _repaid(run: Run, days: str) -> None:
    day = int(days)
    ref = run.desk.repay(run.plot, run.facts, day)
    local = shift_workdays(run.desk.now.astimezone(ROME).date(), 1 - day)
    run.cursor = at_rome(local, 9, run.desk.rng.randint(5, 50))
    amount = run.facts.claimed - _approved(run)
    run.act(run.clerk, "record_repayment", bank_ref=ref, amount=amount)


def _approved(run: Run) -> int:
    return 0 if run.refused else run.facts.valid


def _legal(run: Run, _: str) -> None:
    run.next_days(1, 2)
    run.act("davide", "escalate_legal", reason="customer_disputes_refusal")


def _wait(run: Run, days: str) -> None:
    local = shift_workdays(run.cursor.astimezone(ROME).date(), int(days))
    run.cursor = at_rome(local, 9, 30)


def _close(run: Run, _: str) -> None:
    run.cursor += timedelta(minutes=run.desk.rng.randint(6, 40))
    run.act(run.clerk, "close")


STEPS: dict[str, Callable[[Run, str], None]] = {
    "read": _read,
    "take": _take,
    "check": _check,
    "note": _note,
    "carrier": _carrier,
    "pod": _pod,
    "lost": _lost,
    "colleague": _colleague,
    "reply": _reply,
    "ask": _ask,
    "answer": _answer,
    "send": _send,
    "resend": _resend,
    "propose": _propose,
    "propose_refuse": _propose_refuse,
    "submit": _submit,
    "approve_first": _approve_first,
    "approve": _approve,
    "refuse": _approve,
    "post": _post,
    "posted": _posted,
    "fail": _fail,
    "notify": _notify,
    "accept": _by_mail("accept", "customer_accepted", 1, 3),
    "appeal": _by_mail("appeal", "customer_appealed", 1, 3),
    "withdraw": _by_mail("withdraw", "customer_withdrew", 1, 2),
    "reopen": _by_mail("reopen", "customer_reopened", 1, 1),
    "collect": _collect,
    "repaid": _repaid,
    "legal": _legal,
    "wait": _wait,
    "close": _close,
}
