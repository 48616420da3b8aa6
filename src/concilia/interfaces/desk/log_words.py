"""What an entry of the log says, in words: for the audit page and for timelines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concilia.claims.queries.recognition_words import recognised_words
from concilia.foundation.models import AuditEntry
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.components.states import face_of

WORDS: Final[Mapping[str, str | Promise]] = {
    "absence.ended": _("absence ended"),
    "absence.planned": _("absence planned"),
    "account.link_sent": _("link to their page sent"),
    "account.links_revoked": _("links to their page taken back"),
    "account.mandate_ended": _("direct debit mandate ended"),
    "account.mandate_signed": _("direct debit mandate signed"),
    "account.preferences_set": _("set how they are written to"),
    "account.mail_refused": _("wants no more e-mail"),
    "account.wrote": _("wrote on their page"),
    "alias.added": _("account or name of a payer written down"),
    "alias.removed": _("account or name of a payer taken out"),
    "arrival.failed": _("could not be read"),
    "arrival.statement_accepted": _("mailed bank statement accepted"),
    "arrival.read_again": _("put to the reader again"),
    "arrival.set_aside": _("set aside"),
    "arrival.stored": _("arrived and stored as it came"),
    "bank.statement_loaded": _("bank statement loaded"),
    "calendar.changed": _("working days changed"),
    "phone_call.ended": _("call written down"),
    "phone_call.started": _("call begun"),
    "phone_call.undone": _("call taken back"),
    "phone_call.withheld": _("call withheld by the contact policy"),
    "case.answered": _("answered"),
    "case.asked": _("asked"),
    "case.evidence_added": _("added evidence"),
    "case.evidence_taken_back": _("took evidence back"),
    "case.gone_on": _("went on without an answer"),
    "case.handed_over": _("handed over"),
    "case.noted": _("wrote a note"),
    "case.redacted": _("took the words of a message away"),
    "case.reminded": _("reminded"),
    "case.reply_received": _("reply received"),
    "case.snoozed": _("snoozed"),
    "case.woken": _("brought back"),
    "case.wrote_to_customer": _("wrote to the customer"),
    "case.handed_back_together": _("a hand-over taken back"),
    "case.handed_over_together": _("many cases handed over"),
    "claim.answered": _("answer to the customer"),
    "claim.joined": _("paper joined to this claim, not opened twice"),
    "claim.kept_apart": _("kept apart from its twin"),
    "claim.merged": _("merged with its twin"),
    "claim.merged_into": _("merged into its twin"),
    "claim.moved": _("state changed"),
    "claim.opened": _("claim opened"),
    "claim.paper_dated": _("said which day their paper bears"),
    "claim.reason_given": _("gave the reason"),
    "claim.settled": _("booked"),
    "claim.repointed": _("goes over to the deduction of the payment applied anew"),
    "claim.short_payment_joined": _("short payment joined to this claim, not opened twice"),
    "claim.twin_found": _("possible twin found"),
    "claim.verdict_computed": _("verdict computed"),
    "claim.bulk_cancelled": _("settling many stopped"),
    "claim.bulk_started": _("settling many begun"),
    "claims.history_loaded": _("past claims taken over"),
    "contact.bounced": _("address does not work"),
    "collection.handed_over": _("customer handed over to a colleague"),
    "collection.left_aside": _("customer left aside for a while"),
    "contact_terms.changed": _("how they may be contacted changed"),
    "decision.lowered": _("granted less than was proposed"),
    "decision.overridden": _("carried out past the rules"),
    "decision.proposed": _("decision proposed"),
    "decision.recalled": _("decision recalled"),
    "decision.signed": _("signed"),
    "document.confirmed": _("reading confirmed"),
    "document.corrected": _("reading corrected"),
    "document.correction_undone": _("correction taken back"),
    "document.proposed": _("values proposed"),
    "document.read": _("read"),
    "entity.founded": _("company founded"),
    "erp.changed": _("connector to the ERP changed"),
    "folder.unwatched": _("folder no longer watched"),
    "folder.watched": _("folder watched"),
    "import.cancelled": _("import cancelled"),
    "import.left_out": _("file left out of an import"),
    "import.mapped": _("columns of a file settled"),
    "import.repaired": _("cell put right"),
    "import.saved": _("rows of a file saved"),
    "import.started": _("import started"),
    "letter.head": _("what stands on every letter changed"),
    "letter.posted": _("letter posted"),
    "letter.printed": _("letter printed"),
    "letter.proven": _("proof of delivery laid beside a letter"),
    "letter.taken_out": _("letter taken out"),
    "limits.changed": _("who may sign for how much changed"),
    "limits.dropped": _("draft of the limits thrown away"),
    "limits.published": _("limits put in force"),
    "limits.submitted": _("limits put to a second person"),
    "limits.written": _("draft of the limits written"),
    "links.signing_changed": _("signing by link changed"),
    "link.answered": _("answered by a link"),
    "link.corrected": _("put an answer by a link right"),
    "link.replied": _("answered by mail"),
    "link.reply_signs_nothing": _("replied by mail, which signs nothing"),
    "link.revoked": _("took a link back"),
    "link.sent_again": _("sent a link again"),
    "mailbox.connected": _("mailbox connected"),
    "mailbox.disconnected": _("mailbox disconnected"),
    "member.added": _("let in"),
    "member.changed": _("role, level or seat changed"),
    "model.changed": _("language model changed"),
    "motive.acted": _("did what a reason for not paying wants next"),
    "motive.recorded": _("reason for not paying written down"),
    "motive.withdrawn": _("reason for not paying withdrawn"),
    "payment_export.changed": _("whether payments go to the ERP changed"),
    "override.asked": _("asked to pass the rules by"),
    "direct_debits.written": _("file of direct debits written"),
    "paying.changed": _("how customers pay changed"),
    "payment.told_by_provider": _("payment told by the provider"),
    "payment.advice_dismissed": _("posting kept, although the payer says otherwise"),
    "payment.advised": _("the payer says otherwise"),
    "payment.asked": _("asked the payer"),
    "payment.open": _("payment waits for a person"),
    "payment.posted": _("payment posted"),
    "payment.proposed": _("match proposed"),
    "payment.reallocated": _("posted anew, as the payer says"),
    "payment.returned": _("returned by the bank"),
    "payment.reversed": _("posting taken back"),
    "payment.set_aside": _("set aside: no customer's payment"),
    "payment.taken_back": _("posting taken back"),
    "posting.failed": _("posting to the ERP failed"),
    "posting.posted": _("booked in the ERP"),
    "posting.retried": _("put to the ERP again"),
    "plan.accelerated": _("plan called in"),
    "plan.accepted": _("plan accepted by the customer"),
    "plan.agreed": _("plan agreed on"),
    "plan.asked_for": _("plan asked for by the customer"),
    "plan.cancelled": _("plan ended"),
    "plan.judged": _("plan judged by the money"),
    "plan.proposed": _("plan proposed"),
    "plan_policy.changed": _("bounds of plans changed"),
    "promise.cancelled": _("promise not waited for any more"),
    "promise.judged": _("promise judged by the money"),
    "promise.recorded": _("promise taken"),
    "remittance.joined": _("remittance advice joined to a payment"),
    "remittance.parted": _("remittance advice taken off a payment"),
    "remittance.registered": _("remittance advice registered"),
    "rule.accepted": _("proposed rule about texts accepted"),
    "rule.changed": _("rule about texts changed"),
    "rule.dismissed": _("proposed rule about texts refused"),
    "rule.ended": _("rule about texts ended"),
    "rule.proposed": _("rule about texts proposed"),
    "rule.restored": _("rule about texts put in force again"),
    "rule.written": _("rule about texts written"),
    "partner.added": _("agency or lawyer written down"),
    "placement.asked": _("hand-over put to signature"),
    "placement.changed": _("terms of a hand-over changed"),
    "placement.closed": _("hand-over closed"),
    "placement.drafted": _("hand-over put together"),
    "placement.paper_laid": _("paper laid into the evidence"),
    "placement.recalled": _("hand-over recalled"),
    "placement.results_loaded": _("results of an agency loaded"),
    "placement.sent_back": _("hand-over sent back unsigned"),
    "placement.signed": _("hand-over signed"),
    "placement.step_done": _("step of a hand-over done"),
    "process.dropped": _("threw the draft of a process away"),
    "process.published": _("published a process"),
    "process.rolled_back": _("brought an older version of a process back as a draft"),
    "process.submitted": _("asked for the publication of a process"),
    "process.written": _("wrote the draft of a process"),
    "settings.changed": _("settings changed"),
    "settings.quick_answer": _("quick answer written"),
    "settings.quick_answer_reset": _("own quick answer dropped"),
    "settlement.booked": _("what a settlement gives up written off"),
    "settlement.offered": _("settlement offered"),
    "settlement.signed": _("signed that what a settlement gives up is written off"),
    "settlement.taken_back": _("write-off of a settlement taken back: its money went back"),
    "signature.left": _("left their signature to somebody"),
    "signature.taken_back": _("took their signature back"),
    "signatures.dropped": _("signing together given up"),
    "signatures.given_together": _("signed many together"),
    "signatures.laid_together": _("laid like signatures together"),
    "signatures.stopped": _("signing together stopped"),
    "simulation.asked": _("other tolerances tried on past payments"),
    "step.handed_over": _("question handed over"),
    "text.dropped": _("draft of a text thrown away"),
    "text.published": _("text put in force"),
    "text.retired": _("back to the text that came with Concilia"),
    "text.written": _("draft of a text written"),
    "survey.answered": _("said how it was"),
    "texting.changed": _("how short messages leave changed"),
    "texting.tried": _("tried a short message on themselves"),
    "channel.changed": _("how a channel works changed"),
    "settings.channel_costs": _("costs of contacts changed"),
    "settings.calls": _("who takes calls changed"),
    "reach.noted": _("agreement to a channel noted"),
    "reach.opted_out": _("wants no more messages"),
    "call.placed": _("had the automatic line call"),
    "call.withheld": _("call held back by the contact policy"),
    "call.tested": _("tried the automatic line on themselves"),
    "call.ended": _("call of the automatic line ended"),
    "call.wanted": _("wants to be called"),
    "call.called_back": _("called back"),
    "case.moved": _("moved to another version of its process"),
    "case.moved_back": _("moved back to the version before"),
    "process.move_asked": _("moved cases to another version"),
    "process.move_back_asked": _("took a move of cases back"),
    "backtest.asked": _("a strategy tried on the past"),
    "what_if.asked": _("past cases taken through a draft"),
    "thresholds.changed": _("thresholds of matching changed"),
    "token.issued": _("token issued"),
    "token.revoked": _("token revoked"),
    "webhook.added": _("webhook added"),
    "webhook.changed": _("webhook changed"),
    "webhook.redelivered": _("sent to a program again"),
    "window.set": _("time to answer agreed"),
    "work.weighed": _("order of work changed"),
}


# Who acted where no person did: by the first word of the name the log keeps.
RULES: Final[Mapping[str, str | Promise]] = {
    "charge": _("rule for charges"),
    "damage": _("rule for damage"),
    "discount": _("rule for cash discounts"),
    "duplicate": _("rule for double invoices"),
    "evidence": _("recognising evidence"),
    "language": _("language model"),
    "matching": _("matching of payments"),
    "person": _("rule: a person judges"),
    "price": _("rule for prices"),
    "promotion": _("rule for promotions"),
    "reading": _("reading"),
    "short": _("short payment"),
    "shortage": _("rule for shortages"),
}


def actor_of(entry: AuditEntry) -> str:
    """Who acted: a person by name, a rule in words with its version."""
    if entry.actor_kind != "rule":
        return entry.actor_name
    first, _space, rest = entry.actor_name.partition(" ")
    known = RULES.get(first)
    if known is None:
        return entry.actor_name
    return f"{known}, {rest}" if rest.startswith("v") else str(known)


def sentence_of(entry: AuditEntry) -> str:
    """What was done, in the reader's language; an act without words is shown by its name."""
    if entry.act == "claim.moved":
        return str(face_of(entry.data.get("to", "")).word)
    return str(WORDS.get(entry.act, entry.act))


# What of an act's data is a name to show; a verdict of nothing is told, a payment of nothing not.
USUAL_NAMES: Final = ("number", "to", "twin", "file", "from", "name", "statement")
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "claim.moved": (),
    "case.handed_over": ("to",),
    "claim.opened": (),
}
JUDGED: Final = frozenset({"valid", "approved"})


def detail_of(entry: AuditEntry) -> str:
    """What belongs to it: an amount, a number, a name; empty where nothing is to be said."""
    data: Mapping[str, Any] = entry.data
    if recognised := recognised_words(data, base_language(get_language())):
        return f"{recognised} · {data['file']}" if data.get("file") else recognised
    said = [str(data[name]) for name in NAMES.get(entry.act, USUAL_NAMES) if data.get(name)]
    currency = data.get("currency")
    for name in ("claimed", "approved", "valid", "amount", "applied"):
        if currency and isinstance(data.get(name), int) and (data[name] or name in JUDGED):
            said.append(money_text(data[name], currency, base_language(get_language())))
            break
    if entry.reason:
        said.append(f"“{entry.reason[:200]}”")
    return " · ".join(said)
