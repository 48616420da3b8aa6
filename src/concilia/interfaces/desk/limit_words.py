"""Limits in words: acts, levels, cells as people write them, what is wrong, what changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.authority import ANY, Act, Level, Limit
from concilia.cases.core.limit_sheets import ANY_WORD, write_cell
from concilia.cases.core.limits import WITH_ROWS, WITH_SHARE, LimitRow
from concilia.cases.core.previewing import CellChange
from concilia.cases.core.process.problems import Problem
from concilia.cash.core.typed import amount_typed
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.desk.claim_words import department_name, language
from concilia.interfaces.desk.settings_words import country_name
from concilia.kernel.money import Money

Word = str | Promise

ACTS: Final[Mapping[Act, Word]] = {
    Act.APPROVE_CLAIM: _("Accept a claim"),
    Act.TRADE_DEAL_ACCRUED: _("Trade deal, money set aside"),
    Act.TRADE_DEAL_NOT_ACCRUED: _("Trade deal, nothing set aside"),
    Act.WRITE_OFF: _("Write off"),
    Act.GOODWILL: _("Goodwill"),
    Act.SETTLEMENT_WAIVER: _("Waive part in a settlement"),
    Act.INSTALMENT_PLAN: _("Agree on instalments"),
    Act.DENY_CLAIM: _("Refuse a claim"),
    Act.START_LEGAL: _("Go to court"),
}
LEVELS: Final[Mapping[Level, Word]] = {
    Level.L0: _("Rules alone"),
    Level.L1: _("Analyst"),
    Level.L2: _("Team lead"),
    Level.L3: _("Department head"),
    Level.L4: _("Head of credit"),
    Level.L5: _("CFO"),
    Level.L6: _("Board, two"),
}
PROBLEMS: Final[Mapping[str, Word]] = {
    "limits_too_long": _("There are more rows than a table of limits can have."),
    "limits_unreadable": _("This line is no row of a sheet."),
    "unseen_sign": _("This line contains a sign one cannot see."),
    "cells_missing": _("This row has {n} cells instead of {of}."),
    "act_unknown": _("“{name}” is no act that limits are set for."),
    "act_missing": _("A row for everything is missing: without it nobody may sign."),
    "reason_unknown": _("“{name}” is no reason and no family of reasons."),
    "department_unknown": _("“{name}” is no department."),
    "country_unknown": _("“{name}” is no country of two letters."),
    "limit_unreadable": _("“{text}” is no limit."),
    "limit_below_zero": _("A limit of {text} is below zero."),
    "never_by_rule": _("Rules alone never do this: leave the first level empty."),
    "limits_fall": _("A level may never sign for less than the level below it."),
    "limits_overlap": _("Line {first} speaks of the same: nobody could say which counts."),
}


def act_name(act: Act) -> str:
    """An act in the reader's words."""
    return str(ACTS[act])


def level_name(level: Level) -> str:
    """A level in the reader's words, such as `Team lead`."""
    return str(LEVELS[level])


def problem_said(problem: Problem) -> str:
    """What must be put right, in one sentence."""
    sentence = str(PROBLEMS.get(problem.code, problem.code))
    return sentence.format(**problem.values) if problem.values else sentence


def limit_said(limit: object, act: Act, currency: str) -> str:
    """A limit as people read it: `2,500`, `10 % and 500`, `12 rows, 5,000`, `any amount`."""
    if not isinstance(limit, Limit):
        return gettext("none")
    if limit == ANY:
        return gettext("any amount")
    amount = gettext("any amount") if limit.minor is None else _amount(limit.minor, currency)
    if act in WITH_SHARE:
        share = limit.share_bp
        told = gettext("any share") if share is None else f"{share / 100:g} %"
        return gettext("%(share)s and %(amount)s") % {"share": told, "amount": amount}
    if act in WITH_ROWS:
        told = gettext("any number") if limit.rows is None else str(limit.rows)
        return gettext("%(rows)s rows, %(amount)s") % {"rows": told, "amount": amount}
    return amount


def cell_written(limit: Limit | None, act: Act, currency: str) -> str:
    """A limit as it stands in the field of a form: amounts in the reader's way."""
    text = write_cell(limit, act, currency)
    return " ".join(_written(part, currency) for part in text.split())


def cell_typed(text: str, currency: str) -> str:
    """What somebody typed, as a sheet has it; what is no amount stays, to be named as wrong."""
    return " ".join(_typed(part, currency) for part in text.split())


def scope_said(row: LimitRow) -> str:
    """What a row speaks of, such as `NC-01, Logistics, Germany`; everything for a general one."""
    if row.is_general:
        return gettext("everything else")
    parts = [
        *sorted(row.reasons),
        *(department_name(code) for code in sorted(row.departments)),
        *(country_name(code, language()) for code in sorted(row.countries)),
    ]
    return ", ".join(parts)


def change_said(change: CellChange, currency: str) -> str:
    """A cell that differs: `Team lead: 2,500 instead of 2,000`."""
    act = change.row.act
    return gettext("%(level)s: %(after)s instead of %(before)s") % {
        "level": level_name(change.level),
        "after": limit_said(change.after, act, currency),
        "before": limit_said(change.before, act, currency),
    }


def _amount(minor: int, currency: str) -> str:
    amount = format_amount(minor, currency, language())
    return amount.units if not amount.cents.strip(".,0") else str(amount)


def _written(part: str, currency: str) -> str:
    if part == ANY_WORD or part.endswith(("%", "x")):
        return part
    return _amount(Money.parse(part, currency).minor, currency)


def _typed(part: str, currency: str) -> str:
    if part.endswith("%"):
        return part.replace(",", ".")
    minor = None if part.endswith("x") else amount_typed(part, currency)
    if minor is None:
        return part
    whole, _point, cents = Money(minor, currency).to_decimal_string().partition(".")
    return f"{whole}.{cents}" if cents.strip("0") else whole
