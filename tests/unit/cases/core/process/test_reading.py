"""A process is read from its text, and what cannot be read is named with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.process.conditions import (
    ConditionRefused,
    Facts,
    read_condition,
    write_condition,
)
from concilia.cases.core.process.model import Group, Join, Kind, Way, Who, WhoKind, Within
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.writing import write_process
from concilia.kernel.deadlines import Unit

ROUTE = """# Two papers at once, then a proposal.
process shortage
title en: Shortage
title it: Ammanco
for NC-01

together papers
  branch
    step pod: evidence POD
      title en: Fetch the proof
      how en: The carrier has it.
      who: least-loaded LOG
      within: 4 hours
      clock: third
      if late: delegate
      skip if: not missing("POD") and amount < 50.00
      done -> next
  branch
    step load: form
      who: person anna@example.com
      within: 2 days
      ask for: pallets, seal number
      done -> next
      bad -> fail
  join: 1 of 2
    met -> propose
    failed -> papers, at most 2 times

step propose: propose
  who: account-owner
  within: 1 working day
  done -> end
"""


def test_every_line_is_kept():
    reading = read_process(ROUTE)
    assert reading.problems == ()
    group, propose = reading.definition.nodes
    assert isinstance(group, Group)
    [[pod], [load]] = group.branches

    assert (reading.definition.key, reading.definition.reasons) == ("shortage", ("NC-01",))
    assert reading.definition.titles == {"en": "Shortage", "it": "Ammanco"}
    assert (pod.kind, pod.code, pod.clock, pod.on_time_out) == (
        Kind.EVIDENCE, "POD", "third", "delegate",
    )  # fmt: skip
    assert pod.who == Who(WhoKind.LEAST_LOADED, "LOG")
    assert pod.within == Within(4, Unit.HOURS)
    assert (pod.titles, pod.instructions) == (
        {"en": "Fetch the proof"}, {"en": "The carrier has it."},
    )  # fmt: skip
    assert load.fields == ("pallets", "seal number")
    assert load.within == Within(2, Unit.CALENDAR_DAYS)
    assert (group.join, group.needed, group.of) == (Join.SOME, 1, 2)
    assert group.failed == Way("failed", "papers", 2)
    assert propose.who == Who(WhoKind.ACCOUNT)
    assert reading.lines["load"] == 19


def test_written_and_read_it_is_the_same():
    definition = read_process(ROUTE).definition
    written = write_process(definition)

    assert read_process(written).definition == definition
    assert write_process(read_process(written).definition) == written
    assert written == ROUTE.partition("\n")[2]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("for NC-01", "for NC-99", "reason_unknown", 5),
        ("for NC-01", "for NC-01, NC-01", "twice", 5),
        ("title it", "title nl", "language_unknown", 4),
        ("title it", "title en", "twice", 4),
        ("evidence POD", "evidence PDO", "evidence_unknown", 9),
        ("evidence POD", "evidense POD", "kind_unknown", 9),
        ("step load: form", "step load: automatic fly", "automatic_unknown", 19),
        ("step load: form", "step load: form x", "code_superfluous", 19),
        ("least-loaded LOG", "least-loaded LOX", "department_unknown", 12),
        ("least-loaded LOG", "least-loaded", "who_needs_name", 12),
        ("least-loaded LOG", "nobody", "who_unknown", 12),
        ("least-loaded LOG", "role king", "role_unknown", 12),
        ("account-owner", "account-owner LOG", "code_superfluous", 30),
        ("person anna@example.com", "person anna", "person_needs_address", 20),
        ("4 hours", "0 hours", "within_range", 13),
        ("4 hours", "4 moons", "line_unknown", 13),
        ("clock: third", "clock: theirs", "clock_unknown", 14),
        ("if late: delegate", "if late: approve", "late_unknown", 15),
        ("if late: delegate", "within: 3 hours", "twice", 15),
        ("amount < 50.00", "amout < 50.00", "fact_unknown", 16),
        ("amount < 50.00", 'amount < "x"', "fact_wants_number", 16),
        ("ask for: pallets, seal number", "ask for: pallets,", "field_without_name", 22),
        ("who: account-owner", "ask for: x", "fields_outside_form", 30),
        ("bad -> fail", "done -> fail", "twice", 24),
        ("join: 1 of 2", "join: most", "line_unknown", 25),
        ("met -> propose", "happy -> propose", "join_way_unknown", 26),
        ("step propose:", "step load:", "name_twice", 29),
        ("step propose:", "step end:", "name_reserved", 29),
        ("process shortage", "  who: owner\nprocess shortage", "outside_step", 2),
        ("step propose:", "branch\nstep propose:", "branch_outside", 29),
        ("step propose:", "join: all\nstep propose:", "join_outside", 29),
        ("for NC-01", "for NC-01\nwhat is this", "line_unknown", 6),
        ("Ammanco", "Amm\u202eanco", "unseen_sign", 4),
        ("Ammanco", "A" * 121, "words_too_long", 4),
        ("process shortage", "process shortage\nprocess two", "twice", 3),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(old, new, code, line):
    assert old in ROUTE
    reading = read_process(ROUTE.replace(old, new, 1))

    assert reading.definition is None
    assert (reading.problems[0].code, reading.problems[0].line) == (code, line)


def test_what_is_missing_is_named():
    def codes(text):
        return [problem.code for problem in read_process(text).problems]

    assert codes("") == ["process_missing"]
    assert codes("process x") == ["steps_missing"]
    assert codes("process x\ntogether g\nbranch\nstep a: form\nstep b: form") == ["join_missing"]
    assert codes("process x\ntogether g\nstep a: form\njoin: all") == ["branch_missing"]
    assert codes("process x\n" * 2000) == ["text_too_long"]
    assert codes("x" * 70_000) == ["text_too_long"]
    many = "process x\n" + "".join(f"step s{n}: form\n" for n in range(100))
    assert codes(many)[0] == "too_many_steps"


@given(st.text(max_size=300) | st.text(alphabet='ab" ()=<>,.01innotad-:\n', max_size=300))
def test_any_text_is_read_or_refused(text):
    reading = read_process(text)

    assert (reading.definition is None) == bool(reading.problems)


KNOWN = Facts(
    reason="NC-01", amount=Decimal("499.99"), qualified=True, signatures=2,
    missing=frozenset({"POD"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("qualified", True),
        ("not qualified", False),
        ("money", None),
        ("not money", None),
        ("amount < 500.00", True),
        ("amount >= 499.99", True),
        ("amount = 499.990", True),
        ("signatures <= 1", False),
        ('reason = "NC-01"', True),
        ('reason != "NC-01"', False),
        ('reason in ("NC-08", "NC-01")', True),
        ('missing("POD")', True),
        ('missing("GRN")', False),
        ('verdict = "VALID"', None),
        ('qualified or verdict = "VALID"', True),
        ('not qualified or verdict = "VALID"', None),
        ('not qualified and verdict = "VALID"', False),
        ('qualified and verdict = "VALID"', None),
        ('money or qualified and missing("GRN")', None),
        ('(money or qualified) and not missing("GRN")', True),
    ],
)
def test_a_condition_holds_only_where_that_is_known(text, holds):
    condition = read_condition(text)

    assert condition.holds(KNOWN) is holds
    assert read_condition(write_condition(condition)) == condition


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "condition_ends"),
        ("amount <", "condition_ends"),
        ("amount", "condition_ends"),
        ("amount 5", "condition_needs"),
        ("amount < 5 6", "condition_goes_on"),
        ("(qualified", "condition_needs"),
        ("weather", "fact_unknown"),
        ("and qualified", "condition_fact"),
        ('reason < "NC-01"', "fact_has_no_order"),
        ("reason = 5", "fact_wants_text"),
        ('amount = "5"', "fact_wants_number"),
        ("signatures = 1.5", "fact_wants_number"),
        ('reason = "NC-99"', "reason_unknown"),
        ('verdict = "MAYBE"', "verdict_unknown"),
        ('missing("XXX")', "evidence_unknown"),
        ("missing(pod)", "evidence_unknown"),
        ("missing(POD)", "condition_sign"),
        ("__import__('os')", "condition_sign"),
        ("amount < 5; drop", "condition_sign"),
        ("not " * 30 + "qualified", "condition_too_deep"),
        ("(" * 30 + "qualified" + ")" * 30, "condition_too_deep"),
        ("qualified or " * 60 + "qualified", "condition_too_long"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(text, code):
    with pytest.raises(ConditionRefused) as refused:
        read_condition(text)

    assert refused.value.code == code
