"""What happened to a claim, one sentence an act, newest first; and how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cases.actions import clock_of
from concilia.claims.core.states import STOPS_THE_CLOCK
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.recognition_words import recognised_words
from concilia.foundation.models import AuditEntry
from concilia.interfaces.components.formats import UNKNOWN, format_amount, format_day
from concilia.interfaces.components.states import face_of
from concilia.interfaces.desk import log_words
from concilia.interfaces.desk.claim_words import ROOT_CAUSES, evidence_name, language
from concilia.kernel.deadlines import SlaClock
from concilia.kernel.reasons import reason_name

Data = Mapping[str, Any]
Word = str | Promise
NOTE_MAX: Final = 200
MINUTES_PER_HOUR: Final = 60

BY_PERSON: Final[Mapping[str, Word]] = {
    "claim.opened": pgettext_lazy("timeline", "opened the claim"),
    "case.evidence_added": pgettext_lazy("timeline", "added a paper: %(name)s"),
    "case.wrote_to_customer": pgettext_lazy("timeline", "wrote to %(to)s"),
    "case.redacted": pgettext_lazy("timeline", "took the words of a message away"),
    "case.reply_received": pgettext_lazy("timeline", "brought in an answer"),
    "claim.merged": pgettext_lazy("timeline", "merged %(from)s into this case"),
    "claim.merged_into": pgettext_lazy("timeline", "merged it into %(into)s"),
    "decision.recalled": pgettext_lazy("timeline", "took the proposal back"),
}
ORIGINS: Final[Mapping[str, Word]] = {
    "message": _("A message opened the claim"),
    "short_payment": _("A payment that fell short opened the claim"),
    "person": _("Opened by hand"),
    "rest": _("A program opened the claim"),
    "history": _("Taken over from another system"),
}
SETTLED: Final[Mapping[str, Word]] = {
    "CREDIT_NOTE": _("Credit of %(amount)s booked"),
    "COLLECT_BACK": _("%(amount)s are owed again"),
    "AP_OFFSET": _("%(amount)s netted against what we owe"),
    "PENALTY": _("Penalty of %(amount)s booked"),
    "GL_POSTING": _("%(amount)s booked as an expense"),
}
SIGNED: Final[Mapping[str, Word]] = {
    "APPROVE": pgettext_lazy("timeline", "signed the decision"),
    "REJECT": pgettext_lazy("timeline", "refused to sign"),
    "RETURN": pgettext_lazy("timeline", "sent the decision back"),
}
PLAIN: Final[Mapping[str, Word]] = {
    "case.noted": pgettext_lazy("timeline", "wrote a note"),
    "case.reply_received": _("An answer came in"),
    "case.answered": pgettext_lazy("timeline", "answered"),
    "case.gone_on": pgettext_lazy("timeline", "went on without an answer"),
    "case.woken": pgettext_lazy("timeline", "brought the case back"),
    "case.handed_back_together": pgettext_lazy("timeline", "took the hand-over back"),
    "posting.retried": pgettext_lazy("timeline", "put the posting to the ERP again"),
    "claim.joined": _("The paper that explains it came in and was joined"),
}
ASKED: Final[Mapping[str, Word]] = {
    "customer": pgettext_lazy("timeline", "asked the customer"),
    "us": pgettext_lazy("timeline", "asked a colleague"),
    "third": pgettext_lazy("timeline", "asked the carrier, agent or insurer"),
}
WAITS: Final[Mapping[str, Word]] = {
    "WAITING_CUSTOMER": _("Waits for the customer"),
    "WAITING_THIRD_PARTY": _("Waits for the carrier, agent or insurer"),
}
ENDED: Final[Mapping[str, Word]] = {
    "CLOSED": pgettext_lazy("timeline", "closed the case"),
    "WITHDRAWN": pgettext_lazy("timeline", "noted that the customer takes it back"),
    "REPAID": pgettext_lazy("timeline", "noted that they have paid it back"),
    "APPEALED": pgettext_lazy("timeline", "noted that the customer appeals"),
    "ESCALATED_LEGAL": pgettext_lazy("timeline", "handed it to legal"),
    "REOPENED": pgettext_lazy("timeline", "opened the case again"),
}
# What follows from an act by itself: the act before it names who did it.
FOLLOWS: Final = frozenset({"claim.settled", "claim.verdict_computed"})
# These stand in the log for those who check it; the page says the same by other lines.
SILENT: Final = frozenset({"claim.moved"})


@dataclass(frozen=True, slots=True)
class Event:
    """One line: `kind` is person, rule or pause; `who` is empty where no person acted."""

    at: datetime
    kind: str
    who: str
    text: str
    note: str


def events_of(entries: Iterable[AuditEntry], currency: str) -> list[Event]:
    """The log as sentences; what changed only the state is told where the clock stops or ends."""
    told = (_event(entry, currency) for entry in entries)
    return [event for event in told if event]


def duration_of(dossier: Dossier, at: datetime) -> str:
    """Net and gross time in words: `7 working days · 6 on our clock, 1 with others`."""
    case = dossier.claim.case
    end = case.closed_at or at
    clock = clock_of(dossier.claim.entity, case.department)
    stops = [(stop.started_at, min(stop.ended_at or end, end)) for stop in dossier.stops]
    per_day = _seconds_a_day(clock)
    gross = clock.working_seconds(case.opened_at, end)
    net = clock.working_seconds(case.opened_at, end, stops)
    days = round(gross / per_day)
    words = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    others = round((gross - net) / per_day)
    if not dossier.stops:
        return words
    return gettext("%(all)s · %(ours)s on our clock, %(theirs)s with others") % {
        "all": words,
        "ours": days - others,
        "theirs": others,
    }


def days_left(dossier: Dossier, at: datetime) -> str:
    """How much working time is left in words; nothing where the clock stands or the day is here."""
    case = dossier.claim.case
    if not case.due_at or case.due_at <= at or dossier.paused_at or dossier.claim.decided_at:
        return ""
    clock = clock_of(dossier.claim.entity, case.department)
    days = clock.working_seconds(at, case.due_at) // _seconds_a_day(clock)
    if days < 1:
        return ""
    return ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}


class _Words(dict[str, Any]):
    """Values of a sentence; what the log does not know stays a dash."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def _seconds_a_day(clock: SlaClock) -> int:
    opens, closes = (
        timedelta(hours=hour.hour, minutes=hour.minute) for hour in (clock.opens, clock.closes)
    )
    return int((closes - opens).total_seconds())


def _event(entry: AuditEntry, currency: str) -> Event | None:
    data: Data = entry.data or {}
    said = _said(entry, data, currency)
    if said is None:
        return None
    text, note = said
    is_person = entry.actor_kind in {"user", "token"}
    if is_person and entry.act in BY_PERSON:
        named = _Words({**data, "name": evidence_name(data.get("evidence", ""))})
        text = str(BY_PERSON[entry.act]) % named
    if entry.act == "case.handed_over" and data.get("to") == entry.actor_name:
        text = gettext("took the case")
    is_told = is_person and entry.act not in FOLLOWS and not _is_clock(entry.act, data)
    kind = "person" if is_told else "rule"
    if entry.act == "claim.moved" and data.get("to", "") in STOPS_THE_CLOCK:
        kind = "pause"
    who = entry.actor_name if is_told else ""
    if is_told and entry.act == "claim.moved":
        text = str(ENDED.get(data.get("to", ""), text))
    reason = entry.reason.strip()
    extra = f"“{reason[:NOTE_MAX]}”" if reason and entry.act not in {"case.noted"} else ""
    return Event(entry.at, kind, who, text, " · ".join(part for part in (note, extra) if part))


def _is_clock(act: str, data: Data) -> bool:
    """Whether it only tells that the clock stopped or runs again; who made it so stands before."""
    return act == "claim.moved" and data.get("to", "") not in ENDED


def _said(entry: AuditEntry, data: Data, currency: str) -> tuple[str, str] | None:
    if entry.act == "claim.moved":
        return _moved(data)
    if entry.act in PLAIN:
        return str(PLAIN[entry.act]), ""
    teller = TELLERS.get(entry.act)
    if teller is None:
        unknown = entry.act.replace(".", " ").replace("_", " ")
        return None if entry.act in SILENT else (str(log_words.WORDS.get(entry.act, unknown)), "")
    return teller(data, data.get("currency") or currency)


def _moved(data: Data) -> tuple[str, str] | None:
    """Only what stops or ends something is worth a line."""
    after, before = data.get("to", ""), data.get("from", "")
    if after in STOPS_THE_CLOCK:
        return str(WAITS.get(after, face_of(after).word)), gettext("clock stopped")
    if before in STOPS_THE_CLOCK:
        return gettext("Back with us"), gettext("clock runs again")
    if after in ENDED:
        cause = ROOT_CAUSES.get(data.get("cause", ""), "")
        return str(face_of(after).word), str(cause)
    return None


def _amount(data: Data, key: str, currency: str) -> str:
    return str(format_amount(int(data.get(key) or 0), currency, language()))


def _opened(data: Data, currency: str) -> tuple[str, str]:
    words = str(ORIGINS.get(data.get("origin", ""), ORIGINS["message"]))
    reason = reason_name(data.get("reason", ""), language())
    return words, f"{reason}, {_amount(data, 'claimed', currency)}"


def _judged(data: Data, currency: str) -> tuple[str, str]:
    text = gettext("Verdict: %(valid)s of %(claimed)s valid") % {
        "valid": _amount(data, "valid", currency),
        "claimed": _amount(data, "claimed", currency),
    }
    missing = [evidence_name(code) for code in data.get("missing", [])]
    note = gettext("missing: %(papers)s") % {"papers": ", ".join(missing)} if missing else ""
    return text, note


def _settled(data: Data, currency: str) -> tuple[str, str]:
    kind = str(data.get("kind", "")).partition("-")[0]
    words = SETTLED.get(kind, SETTLED["CREDIT_NOTE"])
    return str(words) % {"amount": _amount(data, "amount", currency)}, ""


def _proposed(data: Data, currency: str) -> tuple[str, str]:
    text = gettext("proposed %(approved)s of %(all)s") % {
        "approved": _amount(data, "approved", currency),
        "all": str(
            format_amount(
                int(data.get("approved") or 0) + int(data.get("denied") or 0), currency, language()
            )
        ),
    }
    n = int(data.get("signatures") or 0)
    return text, ngettext("needs %(n)s signature", "needs %(n)s signatures", n) % {"n": n}


def _signed(data: Data, _currency: str) -> tuple[str, str]:
    text = str(SIGNED.get(data.get("outcome", ""), SIGNED["APPROVE"]))
    away = data.get("for")
    return text, gettext("for %(name)s") % {"name": away} if away else ""


def _lowered(data: Data, currency: str) -> tuple[str, str]:
    amounts = {
        "granted": _amount(data, "to", currency),
        "proposed": _amount(data, "from", currency),
    }
    text = gettext("granted %(granted)s instead of %(proposed)s") % amounts
    away = data.get("for")
    return text, gettext("for %(name)s") % {"name": away} if away else ""


def _asked(data: Data, _currency: str) -> tuple[str, str]:
    paper = evidence_name(data["evidence"]) if data.get("evidence") else ""
    return str(ASKED.get(data.get("holder", ""), ASKED["us"])), paper


def _added(data: Data, _currency: str) -> tuple[str, str]:
    if recognised := recognised_words(data, language()):
        return recognised, str(data.get("file") or "")
    name = evidence_name(data.get("evidence", ""))
    return gettext("Paper added: %(name)s") % {"name": name}, str(data.get("file") or "")


def _taken_back(data: Data, _currency: str) -> tuple[str, str]:
    name = evidence_name(data.get("evidence", ""))
    return gettext("took a paper back: %(name)s") % {"name": name}, str(data.get("file") or "")


def _wrote(data: Data, _currency: str) -> tuple[str, str]:
    if data.get("state") == "WITHHELD":
        return gettext("A message to the customer was held back"), str(data.get("to") or "")
    return gettext("Message to %(to)s") % {"to": data.get("to") or "–"}, ""


def _named(text: Word, key: str) -> Callable[[Data, str], tuple[str, str]]:
    def tell(data: Data, _currency: str) -> tuple[str, str]:
        return str(text) % {"name": data.get(key) or ""}, ""

    return tell


def _reasoned(data: Data, _currency: str) -> tuple[str, str]:
    name = reason_name(data.get("to", ""), language())
    return gettext("gave it the reason %(name)s") % {"name": name}, ""


def _recalled(data: Data, _currency: str) -> tuple[str, str]:
    whys = {
        "evidence": gettext("new evidence"),
        "reason": gettext("another reason"),
        "merge": gettext("merged with another claim"),
    }
    return gettext("The proposal was taken back"), whys.get(data.get("why", ""), "")


def _snoozed(data: Data, _currency: str) -> tuple[str, str]:
    until = parse_datetime(str(data.get("until") or ""))
    if until is None:
        return gettext("let the case rest"), ""
    day = localtime(until).date()
    return gettext("let the case rest until %(day)s") % {
        "day": format_day(day, day, language())
    }, ""


def _short(data: Data, currency: str) -> tuple[str, str]:
    text = gettext("A payment fell short by %(amount)s: joined to this claim, not opened twice")
    return text % {"amount": _amount(data, "amount", currency)}, ""


TELLERS: Final[Mapping[str, Callable[[Data, str], tuple[str, str]]]] = {
    "claim.opened": _opened,
    "claim.verdict_computed": _judged,
    "claim.settled": _settled,
    "claim.twin_found": _named(_("%(name)s looks like the same event"), "twin"),
    "claim.merged": _named(_("%(name)s was merged into this case"), "from"),
    "claim.merged_into": _named(_("Merged into %(name)s"), "into"),
    "claim.kept_apart": _named(_("kept apart from %(name)s"), "from"),
    "claim.reason_given": _reasoned,
    "claim.answered": _wrote,
    "claim.short_payment_joined": _short,
    "case.asked": _asked,
    "case.evidence_added": _added,
    "case.evidence_taken_back": _taken_back,
    "case.wrote_to_customer": _wrote,
    "case.reminded": _named(_("Reminder to %(name)s"), "to"),
    "case.handed_over": _named(_("handed the case to %(name)s"), "to"),
    "case.handed_over_together": _named(_("handed the case to %(name)s"), "to"),
    "case.snoozed": _snoozed,
    "decision.proposed": _proposed,
    "decision.signed": _signed,
    "decision.lowered": _lowered,
    "decision.overridden": _named(_("carried it out past the rules, with %(name)s"), "first"),
    "decision.recalled": _recalled,
    "posting.posted": _named(_("The ERP booked %(name)s"), "number"),
    "posting.failed": _named(_("The ERP did not book it: %(name)s"), "error"),
}
