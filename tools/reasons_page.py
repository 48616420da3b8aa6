"""
Writes docs/reference/reasons.md from the data the program works with: `reasons_page.py`.

A test compares the page with what this would write, so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from concilia.kernel.languages import LANGUAGES, Names
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reason_words import (
    DEPARTMENT_NAMES,
    EVIDENCE_NAMES,
    FAMILY_NAMES,
    FAULT_NAMES,
    RESOLUTION_NAMES,
    Family,
)
from concilia.kernel.reasons import REASONS, Reason

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/reasons.md"
HEAD = """\
# Reasons

Why customers contest, withhold or do not pay: one list for all channels, papers and partners.
This page is written by `tools/reasons_page.py` from the data in `concilia.kernel`; change the data,
then run it.

Of several codes the first is the one we send; all of them are understood. A code that several
reasons share is read as the one with the lowest number, and the claim is marked as still to be
qualified.
"""


def main() -> None:
    """This will write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """This will return the whole page."""
    return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for family in Family:
        reasons = [reason for reason in REASONS.values() if reason.family is family]
        yield f"## {FAMILY_NAMES[family].en} reasons\n"
        yield _table(
            ["code", "English", "Italiano", "Français", "Español", "Deutsch"],
            ([reason.code, *_all(reason.names)] for reason in reasons),
        )
        yield "How others code them:\n"
        yield _table(
            ["code", "X12 426", "UN/EDIFACT 4465", "Peppol", "Walmart"],
            (_codes(reason) for reason in reasons),
        )
        yield "How they are handled:\n"
        yield _table(
            ["code", "owner, then", "minimum evidence", "days", "resolution", "fault", "accrual"],
            (_handling(reason) for reason in reasons),
        )
    yield (
        "Days are business days with the clock stopped while others hold the ball; `c` marks\n"
        "calendar days set by law. Accrual: Y a trade-spend accrual is consumed, P a provision\n"
        "when probable, N none.\n"
    )
    yield from _words()


def _words() -> Iterator[str]:
    languages = ["English", "Italiano", "Français", "Español", "Deutsch"]
    yield "## Departments\n"
    yield _table(["code", *languages], _named(DEPARTMENT_NAMES.items()))
    yield "## Evidence\n"
    yield _table(["code", *languages], _named(EVIDENCE_NAMES.items()))
    yield "## Resolutions\n"
    yield _table(["code", *languages], _named(RESOLUTION_NAMES.items()))
    yield "## Faults\n"
    yield _table(["code", *languages], _named(FAULT_NAMES.items()))
    yield "## Reasons for not paying\n"
    yield "The last column is the number of business days within which the next act follows.\n"
    yield _table(
        ["code", *languages, "days"],
        (
            [each.code, *_all(each.names), str(each.next_action_business_days)]
            for each in NON_PAYMENT_REASONS.values()
        ),
    )


def _codes(reason: Reason) -> list[str]:
    lists = [reason.x12, reason.uncl4465, (reason.peppol or "",), reason.walmart]
    return [reason.code, *(" ".join(codes) or "-" for codes in lists)]


def _handling(reason: Reason) -> list[str]:
    legal = reason.sla_calendar_days
    return [
        reason.code,
        " ".join(reason.departments),
        " ".join(reason.evidence) or "-",
        str(reason.sla_business_days) if legal is None else f"{legal} c",
        ", ".join(RESOLUTION_NAMES[each].en.lower() for each in reason.resolutions),
        " ".join(reason.faults),
        reason.accrual,
    ]


def _named(names: Iterable[tuple[str, Names]]) -> Iterator[list[str]]:
    return ([str(code), *_all(each)] for code, each in names)


def _all(names: Names) -> list[str]:
    return [names.in_language(language) for language in LANGUAGES]


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
