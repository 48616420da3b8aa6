"""Cases change hands, rest and are stood in for: nobody's case is ever without a holder."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.claims import a_claim, a_team, an_amount_claim, an_invoice, pod

from concilia.cases.actions import (
    AbsenceRefused,
    HandOverRefused,
    NewAbsence,
    NewStep,
    PastDeadline,
    SnoozeRefused,
    create_case,
    end_absence,
    hand_over,
    hand_over_many,
    handing,
    open_step,
    plan_absence,
    snooze,
    snooze_many,
    stop_watching,
    tell_watchers,
    undo_hand_over,
    watch,
)
from concilia.cases.core.worth import in_order
from concilia.cases.models import Case, HandedOver, HandOver, Notice, Watch
from concilia.cases.queries.office import office_on, today_of, view_of, weights_of
from concilia.claims.actions import cancel_bulk, learn_odds, start_bulk
from concilia.claims.core.work import as_work
from concilia.claims.models import Claim
from concilia.claims.queries.worklist import Wanted, claims_wanted
from concilia.claims.queries.worth import explain, terms_of
from concilia.foundation.models import AuditEntry
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership
from concilia.interfaces.desk.refusals import words_kept
from concilia.interfaces.worker.bulk import go_on_bulk
from concilia.reporting.queries.todo import count_todo, todo_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    entity = an_entity(settings={"rates": {"GBP": "1.17"}})
    return entity, a_customer(entity), a_team(entity)


def cases_of(owner, count, customer, department="CRD", sla_days=5):
    with transaction.atomic():
        return [
            create_case(
                customer=customer, department=department, owner=owner, sla_days=sla_days, at=NOON
            )
            for _ in range(count)
        ]


def owners(cases):
    found = Case.objects.in_bulk([one.pk for one in cases])
    return [found[one.pk].owner_id for one in cases]


def entries(entity, act):
    return AuditEntry.objects.filter(entity_id=entity.pk, act=act)


class TestHandingOver:
    def test_many_in_one_act_with_one_entry_and_back_again(self, world):
        entity, customer, team = world
        giulia, marta = team["giulia"], team["marta"]
        cases = cases_of(giulia, 4, customer)
        cases[3].closed_at = NOON
        cases[3].save()
        with transaction.atomic():
            step = open_step(case=cases[0], step=NewStep(kind="question", assignee=giulia), at=NOON)

        done = hand_over_many(
            cases=[one.pk for one in cases], to_id=marta.pk, note="Fair", member=giulia, at=NOON
        )

        step.refresh_from_db()
        assert (done.cases, done.steps, step.assignee) == (3, 1, marta)
        assert owners(cases) == [marta.pk] * 3 + [giulia.pk]
        assert entries(entity, "case.handed_over_together").get().data["cases"] == 3

        # One of them moved on meanwhile: it stays where it went.
        marco = team["marco"]
        hand_over(case_id=cases[1].pk, to_id=marco.pk, text="", member=marta, at=NOON)
        back = undo_hand_over(hand_over_id=done.pk, member=marta, at=NOON)

        step.refresh_from_db()
        assert (back.cases, back.steps, back.left, step.assignee) == (2, 1, 1, giulia)
        assert sorted(owners(cases)) == sorted([giulia.pk, marco.pk, giulia.pk, giulia.pk])
        with pytest.raises(HandOverRefused):
            undo_hand_over(hand_over_id=done.pk, member=marta, at=NOON)

    def test_everything_of_who_leaves(self, world):
        _, customer, team = world
        giulia, marta = team["giulia"], team["marta"]
        cases = cases_of(giulia, 2, customer)
        asked = cases_of(team["marco"], 1, customer)[0]
        with transaction.atomic():
            step = open_step(case=asked, step=NewStep(kind="question", assignee=giulia), at=NOON)
        Membership.objects.filter(pk=giulia.pk).update(is_active=False)

        done = hand_over_many(
            everything_of=giulia.pk, to_id=marta.pk, note="", member=marta, at=NOON
        )

        step.refresh_from_db()
        assert (done.cases, done.steps) == (2, 1)
        assert (owners(cases), step.assignee) == ([marta.pk] * 2, marta)
        assert owners([asked]) == [team["marco"].pk]
        # Nothing goes back to somebody who does not work here any more.
        assert undo_hand_over(hand_over_id=done.pk, member=marta, at=NOON).cases == 0

    def test_who_may_not(self, world):
        entity, customer, team = world
        giulia, marta = team["giulia"], team["marta"]
        cases_of(marta, 1, customer)
        auditor = a_member(entity, "Aldo Neri", role="auditor")
        stranger = a_team(an_entity("other"))["giulia"]
        keys = [cases_of(giulia, 1, customer)[0].pk]

        def give(**what):
            return hand_over_many(**{"note": "", "member": giulia, "at": NOON} | what)

        for wrong in (
            {"everything_of": marta.pk, "to_id": giulia.pk},
            {"everything_of": giulia.pk, "to_id": giulia.pk},
            {"cases": keys, "to_id": auditor.pk},
            {"cases": keys, "to_id": stranger.pk},
            {"cases": [10**9], "to_id": marta.pk},
            {"cases": keys, "to_id": marta.pk, "member": stranger},
        ):
            with pytest.raises(HandOverRefused):
                give(**wrong)
        assert not HandOver.objects.exists()
        assert not HandedOver.objects.exists()

    def test_stopped_half_way_nothing_has_happened(self, world, monkeypatch):
        _, customer, team = world
        cases = cases_of(team["giulia"], 3, customer)

        def die(**_told):
            raise KeyboardInterrupt

        monkeypatch.setattr(handing.audit, "log", die)
        with pytest.raises(KeyboardInterrupt):
            hand_over_many(
                cases=[one.pk for one in cases],
                to_id=team["marta"].pk,
                note="",
                member=team["giulia"],
                at=NOON,
            )
        assert owners(cases) == [team["giulia"].pk] * 3
        assert not HandOver.objects.exists()

    def test_who_gets_it_hears_of_it_once(self, world):
        _, customer, team = world
        keys = [one.pk for one in cases_of(team["giulia"], 3, customer)]

        hand_over_many(
            cases=keys, to_id=team["marta"].pk, note="Fair", member=team["giulia"], at=NOON
        )

        told = Notice.objects.get(kind="handed-over")
        assert told.person == team["marta"]
        assert (told.facts["by"], told.facts["cases"], told.facts["note"]) == (
            "Giulia Ferri",
            3,
            "Fair",
        )


class TestResting:
    def test_never_past_the_deadline_without_saying_so(self, world):
        _, customer, team = world
        [case] = cases_of(team["giulia"], 1, customer, sla_days=2)

        def rest(**more):
            until = case.due_at + DAY
            return snooze(
                case_id=case.pk, until=until, reason="Fair", member=team["giulia"], at=NOON, **more
            )

        with pytest.raises(PastDeadline):
            rest()
        rested = rest(past_deadline=True)
        assert (rested.snoozed_until_at, rested.snoozed_why) == (case.due_at + DAY, "Fair")
        assert entries(case.entity, "case.snoozed").get().data["past_deadline"] is True

    def test_many_say_which_stay_awake(self, world):
        _, customer, team = world
        [soon] = cases_of(team["giulia"], 1, customer, sla_days=1)
        late = cases_of(team["giulia"], 2, customer, sla_days=20)
        late[1].closed_at = NOON
        late[1].save()
        keys = [one.pk for one in (soon, *late)]

        def rest(until, **more):
            return snooze_many(
                cases=keys, until=until, reason="Fair", member=team["giulia"], at=NOON, **more
            )

        done = rest(NOON + 7 * DAY)
        assert (done.cases, done.due_before, done.closed) == (1, (soon.number,), (late[1].number,))
        assert rest(NOON + 7 * DAY, past_deadline=True).cases == 2
        assert rest(None).cases == 2
        assert not Case.objects.exclude(snoozed_until_at=None).exists()
        with pytest.raises(SnoozeRefused):
            rest(NOON)


class TestWatching:
    def test_is_a_persons_own(self, world):
        _, customer, team = world
        cases = cases_of(team["giulia"], 2, customer)
        keys = [one.pk for one in cases]
        stranger = a_team(an_entity("other"))["giulia"]

        assert watch(cases=keys, member=team["marta"], at=NOON) == 2
        assert watch(cases=keys, member=team["marta"], at=NOON) == 0
        assert watch(cases=keys, member=stranger, at=NOON) == 0
        assert stop_watching(cases=keys[:1], member=team["marta"]) == 1
        assert Watch.objects.get().case_id == keys[1]

    def test_who_watches_hears_of_what_others_do_once(self, world):
        entity, customer, team = world
        [case, other] = cases_of(team["giulia"], 2, customer)
        watch(cases=[case.pk], member=team["marta"], at=NOON)
        until = NOON + DAY
        for one, by in ((case, "giulia"), (case, "marta"), (other, "giulia")):
            snooze(case_id=one.pk, until=until, reason="Fair", member=team[by], at=NOON)
        hand_over_many(
            cases=[case.pk, other.pk],
            to_id=team["marco"].pk,
            note="",
            member=team["giulia"],
            at=NOON,
        )

        assert tell_watchers(entity_id=entity.pk, at=NOON) == 2
        assert tell_watchers(entity_id=entity.pk, at=NOON) == 0
        told = Notice.objects.filter(person=team["marta"], kind="watched").order_by("pk")
        assert [(one.case_id, one.facts["act"], one.facts["by"]) for one in told] == [
            (case.pk, "case.snoozed", "Giulia Ferri"),
            (case.pk, "case.handed_over", "Giulia Ferri"),
        ]


class TestAbsences:
    def new(self, team, person="giulia", deputy="marta", first=0, days=7):
        return NewAbsence(
            member_id=team[person].pk,
            delegate_id=team[deputy].pk,
            starts=TODAY + first * DAY,
            ends=TODAY + (first + days) * DAY,
        )

    def test_the_deputy_sees_the_cases_until_the_other_is_back(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        Case.objects.filter(pk=claim.case_id).update(owner=team["giulia"])
        marta = team["marta"]
        before = count_todo(member=marta, at=NOON)

        row = plan_absence(new=self.new(team), by=team["giulia"], at=NOON)
        todo = todo_of(member=marta, at=NOON)

        shown = {task.number for task in [*todo.today, *todo.week, *todo.later, *todo.others]}
        assert claim.case.number in shown
        assert view_of(member=marta, at=NOON).standing_in_for == {team["giulia"].pk}
        end_absence(absence_id=row.pk, by=team["giulia"], at=NOON)
        assert count_todo(member=marta, at=NOON) == before

    def test_chains_and_plans_for_others_are_refused(self, world):
        _, _, team = world
        plan_absence(new=self.new(team, "marta", "marco"), by=team["marta"], at=NOON)

        for wrong, by in (
            (self.new(team), "giulia"),
            (self.new(team, "marco", "giulia"), "marta"),
            (self.new(team, "marta", "giulia"), "marta"),
            (self.new(team, "marco", "giulia", first=20), "giulia"),
            (self.new(team, days=60, first=20), "giulia"),
        ):
            with pytest.raises(AbsenceRefused):
                plan_absence(new=wrong, by=team[by], at=NOON)
        assert plan_absence(new=self.new(team, first=20), by=team["giulia"], at=NOON).pk

    def test_a_running_absence_ends_with_yesterday(self, world):
        _, _, team = world
        row = plan_absence(new=self.new(team), by=team["giulia"], at=NOON)

        end_absence(absence_id=row.pk, by=team["giulia"], at=NOON + 3 * DAY)

        row.refresh_from_db()
        assert row.ends_date == TODAY + 2 * DAY
        with pytest.raises(AbsenceRefused):
            end_absence(absence_id=row.pk, by=team["giulia"], at=NOON + 9 * DAY)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "everything", "undo", "rest", "wake", "away", "back", "leave"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(1, 9),
    ),
    max_size=9,
)


class TestEveryCaseHasAHolder:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(ACTS)
    def test_whatever_people_do(self, db, acts):
        entity = an_entity(f"e{Entity.objects.count()}")
        crew = [
            a_member(entity, f"P{n} X", department=department, role="approver")
            for n, department in enumerate(("CRD", "CRD", "LOG", "SAL"))
        ]
        cases = cases_of(crew[0], 2, a_customer(entity)) + cases_of(
            None, 1, a_customer(entity), "LOG"
        )
        at = NOON
        for act, one, other, number in acts:
            at += timedelta(hours=number)
            with suppress(Refused, IndexError):
                self.do(act, crew[one], crew[other], number, cases, at)
            self.check(entity, cases, at)

    def do(self, act, one, other, number, cases, at):
        today = today_of(one.entity, at)
        if act == "give":
            keys = [case.pk for case in cases[: number % 4]]
            hand_over_many(cases=keys, to_id=other.pk, note="", member=one, at=at)
        elif act == "everything":
            hand_over_many(everything_of=one.pk, to_id=other.pk, note="", member=one, at=at)
        elif act == "undo":
            last = HandOver.objects.filter(entity=one.entity).order_by("-pk")[0]
            undo_hand_over(hand_over_id=last.pk, member=one, at=at)
        elif act == "rest":
            snooze(case_id=cases[0].pk, until=at + number * DAY, reason="x", member=one, at=at)
        elif act == "wake":
            snooze(case_id=cases[0].pk, until=None, reason="", member=one, at=at)
        elif act == "away":
            new = NewAbsence(
                member_id=one.pk, delegate_id=other.pk, starts=today, ends=today + number * DAY
            )
            plan_absence(new=new, by=one, at=at)
        elif act == "back":
            end_absence(absence_id=one.pk, by=one, at=at) if number > 99 else None
        else:
            Membership.objects.filter(pk=one.pk).update(is_active=number % 3 == 0)

    def check(self, entity, cases, at):
        office = office_on(entity_id=entity.pk, on=today_of(entity, at))
        anybody = Membership.objects.filter(entity=entity, is_active=True)
        views = [view_of(member=member, at=at) for member in anybody]
        for case in Case.objects.filter(pk__in=[one.pk for one in cases]):
            held = office.holders_of(case.owner_id, case.department)
            assert bool(held) == anybody.exists()
            assert any(view.shows(case.owner_id, case.department) for view in views) == bool(held)
            assert case.snoozed_until_at is None or case.snoozed_until_at <= case.due_at


class TestTheOrderOfWork:
    def test_the_database_and_the_core_agree_on_every_claim(self, world):
        entity, customer, team = world
        british = a_customer(entity, "Hartley & Sons Foods Ltd", country="GB", currency="GBP")
        for minor, payer in (
            (5_000, customer),
            (900_000, customer),
            (120_000, british),
            (1_000, customer),
        ):
            an_amount_claim(team["giulia"], payer, minor, "NC-23", an_invoice(payer))
        a_claim(team["giulia"], an_invoice(customer))
        for n, claim in enumerate(Claim.objects.order_by("pk")):
            Claim.objects.filter(pk=claim.pk).update(odds_bp=n * 1_700 or None)
        # The last day to answer comes before the deadline of one, after that of another.
        first, second = Claim.objects.order_by("pk")[:2]
        for claim, days in ((first, 4), (second, 90)):
            day = NOON.date() + timedelta(days=days)
            Claim.objects.filter(pk=claim.pk).update(answer_by_date=day)
        at = NOON + 3 * DAY + timedelta(minutes=7)

        listed = claims_wanted(
            entity=entity, member=team["giulia"], wanted=Wanted(view="open"), at=at
        ).select_related("case", "entity")
        rows = list(listed)
        weights = weights_of(entity)
        works = [as_work(terms_of(claim, entity), at, weights) for claim in rows]

        assert len(rows) == 5
        assert [one.case.number for one in rows] == [one.reference for one in in_order(works)]
        scores = {one.reference: one.score_minor for one in in_order(works)}
        assert {claim.case.number: claim.score for claim in rows} == scores
        used = {one.reference: one.used_percent for one in works}
        assert used[first.case.number] > used[second.case.number]

    def test_history_is_drawn_towards_what_is_known_more_generally(self, world):
        entity, customer, team = world
        other = a_customer(entity, "Maison Dorval SAS")
        claims = [
            an_amount_claim(team["giulia"], payer, 10_000, "NC-23", an_invoice(payer))
            for payer in (customer, customer, customer, other, customer)
        ]
        past = [claim.pk for claim in claims[:3]]
        Claim.objects.filter(pk__in=past).update(state="WITHDRAWN")

        learn_odds(entity_id=entity.pk, at=NOON)

        found = [explain(claim=Claim.objects.get(pk=one.pk), at=NOON) for one in claims[3:]]
        # 3 of 3 withdrawn: all claims and the reason draw 50 % down, the customer's own once more.
        assert [one.claim.odds_bp for one in found] == [one.odds_bp for one in found]
        assert [one.claim.odds_bp for one in found] == [2_958, 2_275]
        assert (found[1].of_customer.cases, found[1].of_customer.share_bp) == (3, 0)
        assert learn_odds(entity_id=entity.pk, at=NOON) == 0


class TestSettlingMany:
    def test_each_is_done_or_says_why_and_a_second_round_changes_nothing(self, world):
        _, customer, team = world
        ready = a_claim(team["giulia"], an_invoice(customer, [("PEN-500", "100", "21.60", 0)]))
        pod(ready, team["marco"])
        waiting = a_claim(team["giulia"], an_invoice(customer))
        Claim.objects.filter(pk=waiting.pk).update(state="CUSTOMER_NOTIFIED")

        run = start_bulk(
            act="settle", claims=[ready.pk, waiting.pk], member=team["giulia"], at=NOON
        )
        go_on_bulk(run_id=run.pk, at=NOON)
        go_on_bulk(run_id=run.pk, at=NOON)

        run.refresh_from_db()
        outcomes = dict(run.rows.values_list("claim", "outcome"))
        assert outcomes == {ready.pk: "done", waiting.pk: "refused"}
        assert run.ended_at == NOON
        assert words_kept(run.rows.get(claim=waiting).why)
        assert Claim.objects.get(pk=ready.pk).decisions.count() == 1

    def test_what_was_not_taken_up_yet_can_be_left(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        run = start_bulk(act="settle", claims=[claim.pk], member=team["giulia"], at=NOON)

        assert cancel_bulk(run_id=run.pk, member=team["giulia"], at=NOON) == 1
        go_on_bulk(run_id=run.pk, at=NOON)

        assert not Claim.objects.get(pk=claim.pk).decisions.exists()
