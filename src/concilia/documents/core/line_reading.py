"""The lines of a document as the contract shows them, and the reasons their words give."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from concilia.documents.core.amounts import money
from concilia.documents.core.classifier.model import NONE as NO_REASON
from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.context import Context
from concilia.documents.core.legends import explained_codes, said_below
from concilia.documents.core.lexicon.column_words import PAYABLE_NAMES
from concilia.documents.core.lexicon.columns import PLAIN_KINDS
from concilia.documents.core.listed_lines import listed_lines
from concilia.documents.core.parsed import Cell, ParsedDocument
from concilia.documents.core.references import Reference, find_references
from concilia.documents.core.scoring import Choice, choose, reason_matcher, score
from concilia.documents.core.table_rows import CREDIT, MONEY_ROLES, Line
from concilia.documents.core.tables import LineTable
from concilia.documents.core.told import code_keys
from concilia.documents.core.words import Joined, fold, tokenize
from concilia.kernel.reasons import UNIDENTIFIED, from_uncl4465

LINE_NONE: Final = 1.2
LINE_TEMPERATURE: Final = 1.6
LINE_SHOWN: Final = 0.4
CODE_CONFIDENCE: Final = 0.8
TOLD_CONFIDENCE: Final = 0.97
UNEXPLAINED_CONFIDENCE: Final = 0.9
UNREAD_CONFIDENCE: Final = 0.3
LINES_MAX: Final = 20_000
JUDGED_MAX: Final = 40  # lines of other words that the classifier is asked about
JUDGED_CHARS: Final = 200
PHRASE_SURE: Final = 0.995
PHRASE_SAY: Final = 0.5
WORDY: Final = re.compile(r"[^\W\d_]{3,}")
SHORTAGE: Final = "NC-01"
NOT_DELIVERED: Final = "NC-03"
DISCOUNT: Final = "NC-09"
PERCENT: Final = re.compile(r"\d ?%")
PAYABLE: Final = re.compile(PAYABLE_NAMES)
CENT: Final = Decimal("0.01")
DEDUCTED_TABLES: Final = frozenset({"debit_note", "credit_request", "claim", "promotion_invoice"})
SHORT_DIGITS: Final = 3
NAMED_BY_LINES: Final = ("invoice", "order", "delivery", "claim", "return")
# Kinds whose rows are no papers that were billed or paid.
LISTING_NOTHING: Final = frozenset(
    {"order", "delivery_note", "proof_of_delivery", "auto_reply", "bounce", "bank_statement"}
)
CUTTING: Final = DEDUCTED_TABLES | {"remittance_advice"}
CUTTING_MIN: Final = 0.1
PAPERS: Final = frozenset({"document", "own", "delivery", "order"})


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the contract: amounts are decimal strings, `deducted` positive."""

    document: str | None
    invoiced: str | None = None
    paid: str | None = None
    discount: str | None = None
    deducted: str | None = None
    reason: str | None = None
    reason_text: str | None = None


@dataclass(frozen=True, slots=True)
class SettledLines:
    """
    The lines, the cells they were read from, their table's currency, their reasons' codes, how
    sure the least sure of these reasons is (the log of its chance), and the papers they name.
    """

    lines: tuple[ReadLine, ...] = ()
    cells: tuple[dict[str, Cell], ...] = ()
    currency: str | None = None
    codes: tuple[str | None, ...] = ()
    sure: float = 0.0
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def kind_of_tables(kind: str, likely: Sequence[Choice]) -> str:
    """Return as what tables are read where the kind is in doubt: as the likeliest that cuts."""
    if kind in CUTTING:
        return kind
    able = (each.label for each in likely if each.confidence >= CUTTING_MIN)
    return next((label for label in able if label in CUTTING), kind)


def settle_lines(context: Context, kind: str) -> SettledLines:
    """Return the lines of all tables that list documents, with columns of no clear role decided."""
    if kind in LISTING_NOTHING:
        return SettledLines()
    lines: list[ReadLine] = []
    cells: list[dict[str, Cell]] = []
    codes: list[str | None] = []
    papers: dict[str, list[str]] = {each: [] for each in NAMED_BY_LINES}
    currency, sure = None, 0.0
    asked: set[str] = set()
    for table in context.tables:
        if not PAPERS & set(table.roles.values()) or "balance" in table.roles.values():
            continue
        currency = currency or table.currency
        chosen = [
            _decided(line, table, kind)
            for line in table.lines[:LINES_MAX]
            if line.paper is not None or line.paid is not None or line.deducted is not None
        ]
        chosen = _headed(chosen, table, context)
        for decided in _taken_off(_explained(chosen, context), kind):
            _note_papers(papers, decided, kind)
            if decided.deducted and decided.reason_text:
                asked.add(decided.reason_text)
            reason = _reason_of(decided, context, judged=len(asked) <= JUDGED_MAX)
            lines.append(_shown(decided, reason, table.currency or context.currency))
            if decided.deducted:
                sure = min(sure, math.log(reason.confidence if reason else UNREAD_CONFIDENCE))
            codes.append(decided.reason_code)
            cells.append({role: cell for role, cell in decided.cells.items() if role in SHOWN})
    named = {each: tuple(dict.fromkeys(values)) for each, values in papers.items()}
    if not lines and kind == "remittance_advice":
        return _of_list(context)
    return SettledLines(tuple(lines), tuple(cells), currency, tuple(codes), sure, named)


def _of_list(context: Context) -> SettledLines:
    """An advice without a table may list its papers line by line."""
    listed = listed_lines(context)
    return SettledLines(
        lines=tuple(_shown(each, None, context.currency) for each in listed),
        cells=tuple(each.cells for each in listed),
        codes=(None,) * len(listed),
    )


def _headed(lines: list[Line], table: LineTable, context: Context) -> list[Line]:
    """Cuts that nothing explains are explained by the name of their column: `bank charges`."""
    heading = table.name_of("deducted")
    if not heading or reason_of_words(heading, context.language) is None:
        return lines
    return [
        replace(each, reason_text=heading)
        if each.deducted and not each.reason_text and not each.reason_code
        else each
        for each in lines
    ]


def _note_papers(papers: dict[str, list[str]], line: Line, kind: str) -> None:
    """
    Note what papers a line names, by kind: of an advice only those that were cut, with what they
    were ordered and delivered by; a row that takes money off is the sender's own paper.
    """
    known = {
        "invoice": line.document,
        "claim": line.own,
        "delivery": line.delivery,
        "order": line.order,
    }
    named = find_references(line.reason_text or "")
    if kind == "remittance_advice":
        if not line.deducted:
            return
        billed = line.invoiced is not None and line.invoiced > 0
        if line.paid is not None and line.paid < 0 and not billed:
            if line.own is None:
                known = {"claim": line.document}
            papers["invoice"] += [each.value for each in named if each.kind == "invoice"]
        else:
            del known["claim"]  # the number of their own booking of ours
        for own in ("return", "claim"):
            papers[own] += [each.value for each in named if each.kind == own and _is_long(each)]
    for each, value in known.items():
        papers[each] += [value] if value else []


def _is_long(reference: Reference) -> bool:
    """`1 case 400g` names no case."""
    return reference.labelled and sum(map(str.isdigit, reference.value)) > SHORT_DIGITS


def _taken_off(lines: list[Line], kind: str) -> list[Line]:
    """Rows that take money off are cuts if the words found for them give a reason."""
    if kind != "remittance_advice":
        return lines
    return [
        replace(each, deducted=_positive(each.paid)) if _explains_a_cut(each) else each
        for each in lines
    ]


def _wants_words(line: Line) -> bool:
    taken = line.paid is not None and line.paid < 0 and not line.is_credit_note
    return not line.reason_text and (bool(line.deducted) or taken)


def _explained(lines: list[Line], context: Context) -> list[Line]:
    """Give cut lines the words of a legend, or of a sentence outside the table."""
    bare = [line for line in lines if _wants_words(line)]
    if not bare:
        return lines
    meanings = explained_codes(context.live, bare)
    said = said_below(context.live, lines)
    return [
        replace(line, reason_text=words)
        if _wants_words(line) and (words := _words_for(line, meanings, said))
        else line
        for line in lines
    ]


def _words_for(line: Line, meanings: Mapping[str, str], said: Mapping[str, str]) -> str | None:
    """A sentence counts only if it gives a reason: papers are named for many."""
    words = meanings.get((line.reason_code or "").strip())
    below = said.get(line.document or "")
    if words is None and below and reason_of_words(below, None) is not None:
        return below
    return words


MONEY: Final = frozenset(MONEY_ROLES)
PLAIN_KIND: Final = re.compile(PLAIN_KINDS)
SHOWN: Final = ("document", "invoiced", "paid", "discount", "deducted")


def _decided(line: Line, table: LineTable, kind: str) -> Line:
    """Give the nameless amount its meaning, and make the signs those of the contract."""
    roles = set(table.roles.values())
    if kind == "remittance_advice" and roles & MONEY == {"invoiced"}:
        return replace(line, paid=line.invoiced, invoiced=None)  # the only money it prints
    if kind == "remittance_advice" and roles & MONEY == {"invoiced", "deducted"}:
        line = _with_payable(line, table)
    if kind in DEDUCTED_TABLES and roles & MONEY == {"invoiced"}:
        line = replace(line, deducted=line.invoiced, invoiced=None)
    if kind in DEDUCTED_TABLES and roles & MONEY <= {"invoiced", "discount"} and line.discount:
        line = replace(line, deducted=line.discount, discount=None)  # one that was not given
    if line.amount is not None:
        line = _with_amount(line, roles, kind)
    if min(line.deducted or 0, line.discount or 0) < 0:
        line = replace(line, deducted=_positive(line.deducted), discount=_positive(line.discount))
    return _of_remittance(line, roles) if kind == "remittance_advice" else line


def _with_payable(line: Line, table: LineTable) -> Line:
    """What is payable after a cut is what was paid: `Base, IRPF, A pagar`."""
    if not PAYABLE.search(fold(table.name_of("invoiced"))):
        return line
    return replace(line, paid=line.invoiced, invoiced=None)


def _of_remittance(line: Line, roles: set[str]) -> Line:
    """Tell a credit note of ours from a cut, and find cuts that have no column of their own."""
    if line.is_debit and line.paid is not None and not roles & {"invoiced", "deducted", "debit"}:
        cut = _positive(line.paid)
        return replace(line, paid=_negative(line.paid), deducted=cut)
    if line.reason_text is None and not PLAIN_KIND.match(fold(line.kind_text)):
        line = replace(line, reason_text=line.kind_text or None)
    coded = line.reason_code and not line.deducted and line.paid is not None and line.paid < 0
    if _explains_a_cut(line) or (coded and not line.is_credit_note):
        return replace(line, deducted=_positive(line.paid))
    if line.is_credit_note and not _is_short_paid(line):
        return replace(line, paid=_negative(line.paid), invoiced=_negative(line.invoiced))
    return _with_deduction(line, roles) if line.deducted is None else line


def _is_short_paid(line: Line) -> bool:
    """Whether less was paid than billed: `credit note not received` is the reason of a cut."""
    less = line.invoiced is not None and line.paid is not None and line.paid != line.invoiced
    return bool(line.deducted) or (less and line.paid is not None and line.paid > 0)


def _explains_a_cut(line: Line) -> bool:
    """Whether a negative row gives a reason for a deduction and calls itself no credit note."""
    if line.paid is None or line.paid >= 0 or not line.reason_text or line.deducted:
        return False
    said = fold(f"{line.kind_text} {line.reason_text}")
    return not CREDIT.search(said) and reason_of_words(line.reason_text, None) is not None


def _with_amount(line: Line, roles: set[str], kind: str) -> Line:
    amount = line.amount
    if amount is None:
        return line
    if kind == "remittance_advice" and "paid" not in roles:
        return _with_paid(line, amount, roles)
    if kind in DEDUCTED_TABLES and "deducted" not in roles:
        return replace(line, deducted=amount)
    return line if "invoiced" in roles else replace(line, invoiced=amount)


def _with_paid(line: Line, amount: Decimal, roles: set[str]) -> Line:
    """An amount beside a column of cuts is what was billed, else what was paid."""
    if roles >= {"discount"} and not roles & {"deducted", "invoiced"}:
        return replace(line, invoiced=amount, paid=amount - abs(line.discount or Decimal(0)))
    if "deducted" not in roles or "invoiced" in roles:
        return replace(line, paid=amount)
    cut = abs(line.deducted or Decimal(0)) + abs(line.discount or Decimal(0))
    return replace(line, invoiced=amount, paid=amount - cut)


def _with_deduction(line: Line, roles: set[str]) -> Line:
    """What is neither paid nor discount was cut; a negative row that is no credit note is a cut."""
    if line.paid is not None and line.paid < 0:
        return replace(line, deducted=-line.paid) if line.is_debit or line.reason_text else line
    if "deducted" in roles or line.invoiced is None or line.paid is None:
        return line
    cut = line.invoiced - line.paid - (line.discount or Decimal(0))
    return replace(line, deducted=cut) if cut >= CENT else line


def _positive(value: Decimal | None) -> Decimal | None:
    return abs(value) if value is not None else None


def _negative(value: Decimal | None) -> Decimal | None:
    return -abs(value) if value is not None else None


def _reason_of(line: Line, context: Context, *, judged: bool) -> Choice | None:
    """Return why a line was cut, if it was."""
    if not line.deducted:
        return None
    if not (line.reason_text or line.reason_code):
        return Choice(UNIDENTIFIED, UNEXPLAINED_CONFIDENCE)
    words = reason_of_words(
        line.reason_text or "", context.language, line.reason_code, judged=judged
    )
    return _told(line, context.told.codes) or _of_part(line, words)


def _shown(line: Line, reason: Choice | None, currency: str | None) -> ReadLine:
    return ReadLine(
        document=line.paper,
        invoiced=_money(line.invoiced, currency),
        paid=_money(line.paid, currency),
        discount=_money(line.discount, currency),
        deducted=_money(line.deducted, currency) if line.deducted else None,
        reason=reason.label if reason else None,
        reason_text=line.reason_text,
    )


def _of_part(line: Line, reason: Choice | None) -> Choice | None:
    """
    `8 cartons not delivered` of a bill that was paid for the most part: that is a shortage.
    `3 % is missing`: that is a discount.
    """
    words = line.reason_text or ""
    if reason is not None and reason.label == SHORTAGE and PERCENT.search(words):
        return replace(reason, label=DISCOUNT)
    if reason is None or reason.label != NOT_DELIVERED or line.invoiced is None:
        return reason
    counted = any(map(str.isdigit, words))
    part = abs(line.deducted or Decimal(0)) < abs(line.invoiced) / 2
    return replace(reason, label=SHORTAGE) if counted and part else reason


def _told(line: Line, codes: Mapping[str, str]) -> Choice | None:
    """What people said this sender means by the code or the words of a line."""
    keys = code_keys(line.reason_code, line.reason_text) if codes else []
    known = next((codes[key] for key in keys if key in codes), None)
    return Choice(known, TOLD_CONFIDENCE) if known else None


def _money(value: Decimal | None, currency: str | None) -> str | None:
    return None if value is None else money(value, currency)


@lru_cache(maxsize=4096)
def reason_of_words(
    words: str, language: str | None, code: str | None = None, *, judged: bool = False
) -> Choice | None:
    """
    Return the reason a line's few words give, else what its UN/EDIFACT code means.

    :param judged: whether the classifier is asked, too, where the phrase book is not sure
    """
    scored = score(Joined(tokenize(words)), reason_matcher(language)) if words else []
    if not scored and words:
        scored = score(Joined(tokenize(words)), reason_matcher(None))
    choices = choose(scored, none=LINE_NONE, temperature=LINE_TEMPERATURE)
    if judged and WORDY.search(words) and not (choices and choices[0].confidence >= PHRASE_SURE):
        choices = _with_judgement(choices, words)
    if choices and choices[0].confidence >= LINE_SHOWN:
        return choices[0]
    meaning = from_uncl4465(code) if code and code.strip().isdigit() else None
    return Choice(meaning.code, CODE_CONFIDENCE / len(meaning.candidates)) if meaning else None


def _with_judgement(spoken: Sequence[Choice], words: str) -> list[Choice]:
    """Let the classifier judge a line's words as if they were a text; phrases have half a say."""
    context = Context(ParsedDocument("txt", words[:JUDGED_CHARS]))
    judged = shipped_model().choose_all(describe(context, {}))["reason"]
    shares = {each.label: each.confidence for each in judged}
    for each in spoken[:1]:
        shares[each.label] = shares.get(each.label, 0.0) + PHRASE_SAY * each.confidence
    shares.pop(NO_REASON, None) if spoken else None
    whole = sum(shares.values()) or 1.0
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    if ranked[0][0] == NO_REASON or (spoken and ranked[0][1] < LINE_SHOWN * whole):
        return list(spoken)
    if spoken and {spoken[0].label, ranked[0][0]} == {SHORTAGE, NOT_DELIVERED}:
        return list(spoken)  # how much of the bill it is tells them apart (`_of_part`)
    return [Choice(label, share / whole) for label, share in ranked if label != NO_REASON]


def lines_of_reason(
    lines: tuple[ReadLine, ...], kind: str, reason: str | None
) -> tuple[ReadLine, ...]:
    """Give lines of a claim that have no words of their own the reason of the whole."""
    if kind not in DEDUCTED_TABLES or reason is None:
        return lines
    return tuple(
        replace(each, reason=reason)
        if each.deducted and not each.reason_text and each.reason != reason
        else each
        for each in lines
    )


def recast(lines: tuple[ReadLine, ...], kind: str, language: str | None) -> tuple[ReadLine, ...]:
    """
    Read the lines of an attachment anew in the light of the mail that brings it.

    A list of documents and amounts says by itself neither `paid` nor `deducted`.
    """
    if any(each.paid or each.deducted for each in lines):
        return lines
    if kind == "remittance_advice":
        return tuple(replace(each, paid=each.invoiced, invoiced=None) for each in lines)
    if kind not in DEDUCTED_TABLES:
        return lines
    return tuple(_claimed(each, language) for each in lines)


def _claimed(line: ReadLine, language: str | None) -> ReadLine:
    if line.invoiced is None:
        return line
    reason = reason_of_words(line.reason_text or "", language) if line.reason_text else None
    return replace(
        line,
        invoiced=None,
        deducted=line.invoiced.lstrip("-"),
        reason=reason.label if reason else UNIDENTIFIED,
    )


def reasons_of_lines(lines: tuple[ReadLine, ...]) -> list[Choice]:
    """Return the reasons of the cut lines, by how much was cut for each."""
    weights: dict[str, Decimal] = {}
    for line in lines:
        if line.deducted and line.reason:
            weights[line.reason] = weights.get(line.reason, Decimal(0)) + Decimal(line.deducted)
    whole = sum((Decimal(line.deducted) for line in lines if line.deducted), Decimal(0))
    if not whole:
        return []
    cut = [line for line in lines if line.deducted]
    if not any(line.reason_text or line.reason not in {None, UNIDENTIFIED} for line in cut):
        return [Choice(UNIDENTIFIED, UNEXPLAINED_CONFIDENCE)]
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    return [Choice(label, float(weight / whole) * 0.95) for label, weight in ranked]
