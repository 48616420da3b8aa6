"""Each way to spoil a process is named; the sound one beside it is not."""

from __future__ import annotations

import pytest

from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.validation import unready, validate

SOUND = """
process shortage
for NC-01, NC-02

step test: verdict
  who: system
  done -> papers

together papers
  branch
    step pod: evidence POD
      who: department LOG
      within: 3 working days
      clock: third
      skip if: not missing("POD")
      done -> next
      late -> next
  branch
    step grn: ask-customer
      who: owner
      within: 5 working days
      clock: customer
      done -> next
  join: all
    met -> propose

step propose: propose
  who: owner
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  if late: escalate
  skip if: signatures = 0
  approved -> post
  returned -> papers, at most 3 times
  rejected -> propose, at most 3 times

step post: post
  who: system
  skip if: not money
  done -> answer

step answer: notify
  who: department CUS
  within: 1 working day
  done -> cause

step cause: root-cause
  who: owner
  within: 5 working days
  done -> end
"""


def read(text):
    reading = read_process(text)
    assert reading.problems == (), reading.problems
    return reading


def problems_of(old, new):
    assert old in SOUND
    reading = read(SOUND.replace(old, new, 1))
    return [(one.code, one.step) for one in validate(reading.definition, reading.lines)]


def test_the_sound_one_has_nothing_to_put_right():
    reading = read(SOUND)

    assert validate(reading.definition, reading.lines) == []
    assert unready(reading.definition) == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("done -> cause", "done -> end", [("unreachable", "cause")]),
        ("  done -> end\n", "", [("dead_end", "cause")]),
        ("papers, at most 3 times", "papers", [("loop_without_bound", "sign")]),
        ("papers, at most 3 times", "papers, at most 21 times", [("loop_too_often", "sign")]),
        ("done -> papers", "done -> papers, at most 2 times", [("bound_without_loop", "test")]),
        ("  who: department CUS\n", "", [("owner_missing", "answer")]),
        ("  who: department CUS", "  who: matrix", [("matrix_only_signs", "answer")]),
        ("step cause: root-cause\n  who: owner", "step cause: root-cause\n  who: system",
         [("needs_a_person", "cause")]),
        ("done -> sign", "done -> sing", [("leads_nowhere", "propose"), ("unreachable", "sign"),
         ("unreachable", "post"), ("unreachable", "answer"), ("unreachable", "cause")]),
        ("skip if: signatures = 0", "skip if: amount < 500.00", [("approval_skipped", "sign")]),
        ("skip if: signatures = 0", "skip if: signatures = 0 or not money",
         [("approval_skipped", "sign")]),
        ("skip if: signatures = 0", "skip if: signatures = 0 and not money", []),
        ("done -> sign", "done -> post",
         [("not_signed_before", "post"), ("not_signed_before", "answer"),
          ("unreachable", "sign")]),
        ("rejected -> propose, at most 3 times", "rejected -> answer",
         [("not_signed_before", "answer")]),
        ("rejected -> propose, at most 3 times", "late -> post",
         [("approval_by_time", "sign"), ("not_signed_before", "post"),
          ("not_signed_before", "answer")]),
        ("rejected -> propose, at most 3 times", "agreed -> post",
         [("approval_outcome", "sign"), ("not_signed_before", "post"),
          ("not_signed_before", "answer")]),
        ("      within: 5 working days\n", "", [("waits_without_clock", "grn")]),
        ("      clock: customer\n", "", [("asked_without_clock", "grn")]),
        ("  within: 5 working days\n  done -> end", "  done -> end",
         [("deadline_missing", "cause")]),
        ("step cause: root-cause\n", "step cause: root-cause\n  clock: customer\n",
         [("clock_of_others", "cause")]),
        ("  done -> cause", "  done -> cause\n  late -> cause", [("late_ends_work", "answer")]),
        ("    met -> propose\n", "",
         [("dead_end", "papers"), ("unreachable", "propose"), ("unreachable", "sign"),
          ("unreachable", "post"), ("unreachable", "answer"), ("unreachable", "cause")]),
        ("late -> next", "late -> fail", [("failure_leads_nowhere", "papers")]),
        ("join: all", "join: 3 of 2", [("join_count", "papers")]),
        ("join: all", "join: 1 of 3", [("join_count", "papers")]),
        ("join: all", "join: 1 of 2", []),
        ("      done -> next\n      late -> next", "      late -> fail\n      done -> next",
         [("first_way_back", "pod"), ("failure_leads_nowhere", "papers")]),
        ("done -> end", "again -> cause, at most 2 times\n  done -> end",
         [("first_way_back", "cause")]),
        ("for NC-01, NC-02\n", "", [("reasons_missing", "")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(old, new, wanted):
    assert sorted(problems_of(old, new)) == sorted(wanted)


def test_a_join_without_branches():
    cut = SOUND[SOUND.index("  branch\n    step grn") : SOUND.index("  join: all")]

    assert problems_of(cut, "") == [("join_without_branches", "papers")]
    assert problems_of(cut, "  branch\n") == [("join_without_branches", "papers")]


def test_a_step_of_a_branch_that_nothing_leads_to():
    step = (
        "    step seal: form\n      who: owner\n      within: 1 working day\n      done -> next\n"
    )
    reading = read(
        SOUND.replace("      done -> next\n      late -> next\n", f"      done -> end\n{step}", 1)
    )

    assert [(one.code, one.step) for one in validate(reading.definition)] == [
        ("unreachable", "seal")
    ]


SIGNING = """together signing
  branch
    step log: approval
      who: matrix
      within: 2 working days
      approved -> next
      rejected -> fail
  branch
    step fin: approval
      who: matrix
      within: 2 working days
      approved -> next
      rejected -> fail
  join: any
    met -> post
    failed -> propose, at most 3 times

"""


def with_group(group):
    start, stop = SOUND.index("step sign:"), SOUND.index("step post:")
    text = SOUND[:start] + group + SOUND[stop:]
    return read(text.replace("done -> sign", "done -> signing")).definition


def test_signatures_given_together_are_sound_but_not_carried_out_yet():
    definition = with_group(SIGNING)

    assert validate(definition) == []
    assert [(one.code, one.step) for one in unready(definition)] == [
        ("approval_again", "fin"),
        ("matrix_in_group", "log"),
        ("matrix_in_group", "fin"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        # One of several may end the group: then each of them must sign.
        ("step fin: approval\n      who: matrix\n      within: 2 working days\n      approved",
         "step fin: form\n      who: owner\n      within: 2 working days\n      done",
         {"join_skips_approval", "not_signed_before"}),
        ("rejected -> fail", "rejected -> next", {"refused_goes_on"}),
        ("rejected -> fail", "rejected -> post", {"not_signed_before"}),
    ],
)  # fmt: skip
def test_a_group_that_ends_well_unsigned(old, new, wanted):
    assert old in SIGNING
    assert {one.code for one in validate(with_group(SIGNING.replace(old, new, 1)))} == wanted


def test_more_than_twenty_four_steps_in_a_row():
    rows = "".join(
        f"step s{n}: form\n  who: owner\n  within: 1 working day\n  done -> s{n + 1}\n"
        for n in range(25)
    )
    end = "step s25: root-cause\n  who: owner\n  within: 1 working day\n  done -> end\n"
    reading = read(f"process long\nfor NC-01\n{rows}{end}")

    [problem] = validate(reading.definition, reading.lines)

    assert (problem.code, problem.values) == ("path_too_long", {"steps": "26", "most": "24"})


def test_a_problem_says_where_it_stands():
    reading = read(SOUND.replace("  who: department CUS\n", ""))
    [problem] = validate(reading.definition, reading.lines)

    assert SOUND.splitlines()[problem.line - 1] == "step answer: notify"
