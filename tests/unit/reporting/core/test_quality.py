"""The figures of the reader on a company's own documents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from concilia.reporting.core.quality import Case, Share, quality_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_case(days: int = 5, **changes) -> Case:
    values = {
        "kind_read": "claim",
        "kind": "claim",
        "reason_read": "NC-01",
        "reason": "NC-01",
        "confidence": 0.9,
        "needed_review": False,
        "wrong": frozenset(),
    }
    return Case(read_at=NOW - timedelta(days=days), **values | changes)


def test_shares_per_class_and_over_all():
    wrong = a_case(reason="NC-03", confidence=0.6, needed_review=True, wrong=frozenset({"reason"}))
    paper = a_case(kind_read="other", kind="order", reason_read="", reason="", wrong={"kind"})

    quality = quality_of([a_case(), a_case(), wrong, paper], NOW)

    assert quality.kind == Share(3, 4)
    assert quality.reason == Share(2, 3)
    assert (quality.unreviewed, quality.unreviewed_right) == (Share(3, 4), Share(2, 3))
    by_label = {each.label: each for each in quality.reasons}
    assert (by_label["NC-01"].found, by_label["NC-01"].right) == (Share(2, 2), Share(2, 3))
    assert (by_label["NC-03"].found, by_label["NC-03"].right) == (Share(0, 1), Share(0, 0))
    assert dict(quality.fields) == {"reason": 1, "kind": 1}


def test_the_curve_falls_in_coverage_and_never_counts_less_sure_ones():
    cases = [a_case(confidence=each / 100) for each in range(40, 100)]

    curve = quality_of(cases, NOW).curve

    covered = [step.coverage.hits for step in curve]
    assert covered == sorted(covered, reverse=True)
    assert covered[0] == 60
    assert all(step.precision.cases == step.coverage.hits for step in curve)


def test_the_interval_is_wilsons():
    assert Share(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).value is None


@pytest.mark.parametrize(
    ("recent_wrong", "is_alarm"), [(3, False), (6, False), (16, True)], ids=str
)
def test_an_alarm_only_for_what_is_beyond_chance(recent_wrong, is_alarm):
    bad = {"reason": "NC-03", "wrong": frozenset({"reason"})}
    earlier = [a_case(60, **bad if n < 10 else {}) for n in range(100)]
    recent = [a_case(3, **bad if n < recent_wrong else {}) for n in range(40)]

    assert quality_of([*earlier, *recent], NOW).drift.is_alarm is is_alarm


def test_few_documents_raise_no_alarm():
    bad = {"reason": "NC-03", "wrong": frozenset({"reason"})}
    cases = [a_case(60) for _ in range(100)] + [a_case(3, **bad) for _ in range(10)]

    assert not quality_of(cases, NOW).drift.is_alarm
