"""Judge a claim, and judge it again: same facts, same rule version, same verdict, byte for byte."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum

from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts
from concilia.claims.core.findings import LineVerdict, Part, Rule, Verdict, outcome_of
from concilia.claims.core.messages import money, say
from concilia.claims.core.rules.registry import RULES, rule_for
from concilia.kernel.reasons import REASONS


class UnknownRule(LookupError):
    """No rule of this name and version was ever released."""


class Held(StrEnum):
    """Where one paper of the checklist stands."""

    HELD = "HELD"
    MISSING = "MISSING"
    NOT_NEEDED = "NOT_NEEDED"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One kind of evidence a claim's reasons ask for; `refs` are the papers we hold of it."""

    code: str
    state: Held
    refs: tuple[str, ...]


def evaluate(facts: ClaimFacts) -> Verdict:
    """Judge a claim by the current rules. It proposes; it never decides (R-2.12)."""
    return _judge(facts, rule_for(facts))


def replay(facts_json: str, rule_id: str, version: int) -> Verdict:
    """
    Judge stored facts again by the rule version that judged them first.

    :raises UnknownRule: if no such version was released
    :raises NotReadable: if the text is not the JSON of claim facts
    """
    rule = Rule(rule_id, version)
    if rule not in RULES:
        raise UnknownRule(f"there is no rule {rule_id!r} version {version}")
    return _judge(codec.from_json(ClaimFacts, facts_json), rule)


def checklist(facts: ClaimFacts, verdict: Verdict) -> tuple[ChecklistItem, ...]:
    """
    List the papers the claim's reasons ask for at least, and those held besides.

    A paper we lack is missing only where the verdict waits for it; else it is not needed.
    """
    reasons = (REASONS.get(facts.reason_of(line)) for line in facts.lines)
    wanted = [code for reason in reasons if reason for code in reason.evidence]
    codes = dict.fromkeys(
        [*wanted, *(item.code for item in facts.evidence), *verdict.missing_evidence]
    )
    return tuple(_item(facts, verdict, code) for code in codes)


def _item(facts: ClaimFacts, verdict: Verdict, code: str) -> ChecklistItem:
    refs = facts.refs(code)
    if code in verdict.missing_evidence:
        return ChecklistItem(code, Held.MISSING, refs)
    return ChecklistItem(code, Held.HELD if refs else Held.NOT_NEEDED, refs)


def _judge(facts: ClaimFacts, rule: Rule) -> Verdict:
    lines = _within_the_invoices(facts, RULES[rule](facts, facts.lines))
    valid = sum(line.valid_minor for line in lines)
    refused = sum(line.not_valid_minor for line in lines)
    undecided = sum(line.undecided_minor for line in lines)
    return Verdict(
        claim=facts.claim,
        outcome=outcome_of(valid=valid, not_valid=refused, undecided=undecided),
        rule=rule,
        currency=facts.currency,
        claimed_minor=sum(line.claimed_minor for line in facts.lines),
        valid_minor=valid,
        not_valid_minor=refused,
        undecided_minor=undecided,
        lines=lines,
        missing_evidence=tuple(dict.fromkeys(code for line in lines for code in line.missing)),
        facts_digest=codec.digest(facts),
    )


def _within_the_invoices(
    facts: ClaimFacts, lines: tuple[LineVerdict, ...]
) -> tuple[LineVerdict, ...]:
    """
    Leave to a person what would credit more than an invoice is worth (INV-10).

    Each rule looks at its own lines; only here is seen what a shortage, a price error and a double
    billing of the same invoice make together.
    """
    spent: defaultdict[str, int] = defaultdict(int)
    kept = []
    for fact, line in zip(facts.lines, lines, strict=True):
        invoice = facts.invoice_of(fact)
        if invoice is None:
            kept.append(line)
            continue
        left = max(0, invoice.gross_minor - invoice.credited_minor - spent[invoice.number])
        kept.append(_capped(line, left))
        spent[invoice.number] += kept[-1].valid_minor
    return tuple(kept)


def _capped(line: LineVerdict, left: int) -> LineVerdict:
    if line.valid_minor <= left:
        return line
    return replace(
        line,
        valid_minor=left,
        undecided_minor=line.undecided_minor + line.valid_minor - left,
        why=(*line.why, say("more_than_invoice", money("left", left))),
        factors=tuple(item for item in line.factors if item.part is not Part.VALID),
    )
