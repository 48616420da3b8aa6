"""The mail of claims: the first message, answers of customers, papers that carriers send back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from concilia.interfaces.cli.company.enclosures import (
    answer_files,
    claim_files,
    evidence,
    pod_file,
)
from concilia.interfaces.cli.company.facts import Facts
from concilia.interfaces.cli.company.letters import (
    GREETERS,
    TEXTS,
    carrier_letter,
    claim_letter,
    follow_up,
)
from concilia.interfaces.cli.company.mailbox import Draft, compose
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.shapes import File, Mail, Paper, Sale
from concilia.interfaces.cli.company.workdays import ROME, at_rome, shift_workdays


@dataclass(slots=True)
class PostOffice:
    """Collects the mails of claims and the papers of colleagues, each under its key."""

    as_of: date
    sales: list[Sale]
    mails: dict[str, Mail] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def take(self, draft: Draft) -> str:
        """Put a mail in the box and give its key; a second one of the same kind gets a number."""
        key, n = draft.key, 2
        while key in self.mails:
            key, n = f"{draft.key}-{n}", n + 1
        self.mails[key] = compose(replace(draft, key=key))
        return key

    def claim(self, plot: Plot, facts: Facts, at: datetime) -> str:
        """Deliver the message that raises a claim."""
        subject, body = claim_letter(plot, facts, plot.script.key)
        written = at.astimezone(ROME).date()
        files = claim_files(plot, facts, written, self.sales)
        return self.take(self._draft(plot, plot.script.key, at, subject, body, files))

    def again(self, plot: Plot, facts: Facts, at: datetime) -> str:
        """Deliver the same claim a second time, in other words."""
        key = f"{plot.script.key}/again"
        subject, body = claim_letter(plot, facts, key)
        written = at.astimezone(ROME).date()
        files = claim_files(plot, facts, written, self.sales) if plot.script.layout else ()
        return self.take(self._draft(plot, key, at, subject, body, files))

    def deliver(self, plot: Plot, facts: Facts, kind: str, at: datetime) -> str:
        """Deliver what a step of the story waits for: a carrier's paper or a customer's answer."""
        key = f"{plot.script.key}/{kind}"
        if kind in ("pod", "lost"):
            address, subject, body = carrier_letter(plot, facts, kind)
            language = GREETERS.get(plot.sale.carrier, "it")
            scans = (pod_file(plot, facts, language),) if kind == "pod" else ()
            sender = (plot.sale.carrier, address)
            draft = Draft(key, at, sender, subject, body, files=scans, style=len(key))
            return self.take(draft)
        subject, body = follow_up(plot, facts, kind)
        written = at.astimezone(ROME).date()
        files = answer_files(plot, facts, written, self.sales) if kind == "answer" else ()
        return self.take(self._draft(plot, key, at, subject, body, files))

    def paper(self, plot: Plot, facts: Facts, kind: str) -> str:
        """Make a file a colleague adds, and give its key."""
        made = evidence(plot, facts, kind)
        self.papers[made.key] = made
        return made.key

    def _draft(
        self, plot: Plot, key: str, at: datetime, subject: str, body: str, files: tuple[File, ...]
    ) -> Draft:
        person = plot.sender.people[0]
        is_reply = key != plot.script.key and plot.script.key in TEXTS[plot.sender.language].CLAIMS
        return Draft(
            key=key,
            at=at,
            sender=(person.name, person.email),
            subject=subject,
            body=body,
            files=files,
            reply_to_key=plot.script.key if is_reply else "",
            style=sum(key.encode()) % 15,
        )


def arrival(as_of: date, days: int, hour: float) -> datetime:
    """Give the moment `days` working days before `as_of` at a fraction of the hour."""
    return at_rome(shift_workdays(as_of, -days), int(hour), round(hour % 1 * 60) % 60)
