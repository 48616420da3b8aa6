from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.builders import NOON, a_member, an_entity

from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, Mention, Step
from concilia.cash.models import Match
from concilia.claims.models import Claim, MergeProposal
from concilia.identity.models import Absence
from concilia.intake.models import Arrival
from concilia.reporting.queries.home import contested_now
from concilia.reporting.queries.todo import count_todo, todo_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_home(client, member):
    client.force_login(member.user, backend=BACKEND)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer


def numbers(tasks):
    return [task.number for task in tasks]


class TestList:
    def test_late_and_todays_cases_come_first_then_the_week_then_later(self, day):
        todo = todo_of(member=day.giulia, at=NOON)

        claims = day.claims
        assert {claims["price"].case.number, claims["pounds"].case.number} <= set(
            numbers(todo.today)
        )
        assert claims["short"].case.number in numbers(todo.week)
        assert numbers(todo.later) == [claims["long"].case.number]

    def test_what_others_hold_stands_apart_with_the_one_who_holds_it(self, day):
        others = {task.number: task for task in todo_of(member=day.giulia, at=NOON).others}

        proof = others[day.claims["proof"].case.number]
        assert (proof.verb, proof.who, proof.evidence) == ("colleague", "Marco Bellini", "POD")
        rebate = others[day.claims["rebate"].case.number]
        assert (rebate.verb, rebate.said) == ("customer", "Avete il contratto?")
        assert rebate.paused_at == NOON - timedelta(days=5)

    def test_what_a_payer_says_late_stands_there_and_is_counted(self, day):
        before = count_todo(member=day.giulia, at=NOON)
        todo = todo_of(member=day.giulia, at=NOON)
        assert todo.left_advised == 0
        match = Match.objects.filter(state__in=["POSTED", "PROPOSED", "OPEN"]).earliest("pk")
        amount = match.bank_entry.amount_minor
        Match.objects.create(
            entity=match.entity,
            bank_entry=match.bank_entry,
            version=match.version + 1,
            customer=match.customer,
            state="ADVISED",
            rule="M3",
            currency=match.currency,
            on_account_minor=amount,
            matched_at=NOON,
        )

        todo = todo_of(member=day.giulia, at=NOON)

        tasks = [*todo.today, *todo.week, *todo.later]
        [advice] = [task for task in tasks if task.kind == "advice"]
        assert (advice.pk, advice.verb, advice.minor) == (match.bank_entry_id, "compare", amount)
        assert count_todo(member=day.giulia, at=NOON) == before + 1 == todo.total

    def test_a_snoozed_case_rests_until_its_moment(self, day):
        snoozed = day.claims["snoozed"].case.number
        assert snoozed not in str(todo_of(member=day.giulia, at=NOON))

        tomorrow = todo_of(member=day.giulia, at=NOON + timedelta(days=1, minutes=1))
        assert snoozed in numbers(tomorrow.today)

    def test_a_colleague_finds_the_step_not_the_case(self, day):
        todo = todo_of(member=day.marco, at=NOON)

        assert [(task.kind, task.verb) for task in todo.week] == [("step", "find")]
        assert todo.total == 1
        assert (todo.left_inbox, todo.left_bank) == (0, 0), "the inbox is the clerks' work"

    def test_clerks_share_the_inbox_and_the_bank(self, day):
        todo = todo_of(member=day.giulia, at=NOON)

        shared = {(task.kind, task.verb) for task in [*todo.today, *todo.week]} - {
            ("claim", "decide"),
            ("claim", "check"),
        }
        assert shared == {("arrival", "check"), ("match", "confirm")}

    def test_what_comes_in_on_a_friday_is_due_on_monday(self, day):
        friday = NOON + timedelta(days=1)
        Arrival.objects.filter(state="WAITING").update(received_at=friday)

        todo = todo_of(member=day.giulia, at=friday + timedelta(days=2))

        due = {task.due_at.date() for task in todo.week if task.kind == "arrival"}
        assert due == {(friday + timedelta(days=3)).date()}

    def test_only_the_next_signature_waits_and_a_delegate_sees_it(self, day):
        claim = day.claims["long"]
        request = ApprovalRequest.objects.create(
            case=claim.case,
            version=1,
            act="CREDIT_NOTE",
            amount_minor=5_000,
            rolling_minor=5_000,
            currency="EUR",
            content_sha256="a" * 64,
            requested_by=day.giulia,
            requested_at=NOON,
        )
        carla = a_member(day.entity, "Carla Neri", role="approver", level=4)
        stand_in = a_member(day.entity, "Davide Rossi", role="approver", level=4)
        for n, member in enumerate([day.marta, carla], start=1):
            ApprovalSeat.objects.create(
                request=request,
                n=n,
                level=n,
                expected=member,
                requested_by=day.giulia,
                due_at=NOON,
                is_open=n == 1,
            )
        Absence.objects.create(
            entity=day.entity,
            member=day.marta,
            delegate=stand_in,
            starts_date=NOON.date(),
            ends_date=NOON.date(),
        )

        assert [task.verb for task in todo_of(member=day.marta, at=NOON).today] == ["sign"]
        assert [task.who for task in todo_of(member=stand_in, at=NOON).today] == ["Giulia Ferri"]
        assert todo_of(member=carla, at=NOON).total == 0

    def test_twins_are_merged_before_anything_else(self, day):
        MergeProposal.objects.create(
            claim=day.claims["price"], twin=day.claims["long"], score_bp=9_000, proposed_at=NOON
        )

        verbs = {task.number: task.verb for task in todo_of(member=day.giulia, at=NOON).today}
        assert verbs[day.claims["price"].case.number] == "merge"

    def test_in_a_group_what_is_worth_most_comes_first_in_the_own_currency(self, day):
        today = todo_of(member=day.giulia, at=NOON).today

        euros = [task.minor for task in today if task.currency == "EUR"]
        assert euros == sorted(euros, reverse=True)
        assert today[-1].currency == "GBP"

    @pytest.mark.parametrize("name", ["giulia", "marco", "marta"])
    def test_the_count_in_the_navigation_is_the_length_of_the_list(self, day, name):
        member = getattr(day, name)
        todo = todo_of(member=member, at=NOON)

        assert count_todo(member=member, at=NOON) == todo.total
        assert todo.total == len(todo.today) + len(todo.week) + len(todo.later) + todo.hidden

    def test_nothing_of_another_creditor_is_seen(self, day):
        stranger = a_member(an_entity("other", name="Other"))

        todo = todo_of(member=stranger, at=NOON)
        assert (todo.total, todo.others_total) == (0, 0)
        assert contested_now(entity_id=stranger.entity_id, currency="EUR", at=NOON) == []

    def test_thirty_cases_cost_no_more_statements_than_three(self, day, django_assert_num_queries):
        case = day.claims["price"].case
        claim = day.claims["price"]
        for n in range(30):
            case.pk, case.number = None, f"MORE-{n}"
            case.save()
            claim.pk, claim.case, claim.claimed_minor = None, case, 0
            claim.save()
            Step.objects.create(case=case, n=1, kind="question", opened_at=NOON)
        with django_assert_num_queries(10):
            todo_of(member=day.giulia, at=NOON)


class TestPage:
    def test_greets_names_the_number_and_prints_every_group(self, client, day):
        page = open_home(client, day.giulia).content.decode()

        todo = todo_of(member=day.giulia, at=NOON)
        assert "Good afternoon, Giulia" in page
        assert f"{todo.total} things wait for you" in page
        assert "Ends today" in page
        assert "With others" in page
        assert "“Avete il contratto?”" in page
        assert "Signed proof of delivery" in page

    def test_contested_adds_up_in_each_currency(self, client, day):
        open_home(client, day.giulia)

        found = contested_now(entity_id=day.entity.pk, currency="EUR", at=NOON)
        assert [each.currency for each in found] == ["EUR", "GBP"]
        for each in found:
            claims = Claim.objects.filter(
                entity=day.entity, currency=each.currency, case__closed_at=None
            )
            assert each.claimed_minor == sum(claim.claimed_minor for claim in claims)
            assert each.checked_minor >= 0
            parts = each.valid_minor + each.not_valid_minor + each.checked_minor
            assert parts == each.claimed_minor

    def test_what_is_booked_is_contested_no_more(self, day):
        def contested() -> tuple[int, int, int]:
            found = contested_now(entity_id=day.entity.pk, currency="EUR", at=NOON)[0]
            return found.claimed_minor, found.valid_minor, found.not_valid_minor

        claim = Claim.objects.filter(
            entity=day.entity, currency="EUR", case__closed_at=None, state="INVESTIGATING"
        ).first()
        granted, whole = claim.claimed_minor - 100, contested()
        decided = {"approved_minor": granted, "denied_minor": 100}
        assert claim.lines.update(**decided) == 1
        Claim.objects.filter(pk=claim.pk).update(state="POSTING", **decided)
        claimed, valid, not_valid = contested()
        assert (claimed, valid, not_valid) == (whole[0], whole[1] + granted, whole[2] + 100)

        Claim.objects.filter(pk=claim.pk).update(state="CUSTOMER_NOTIFIED")
        assert contested() == (whole[0] - granted, whole[1], whole[2] + 100)

    def test_a_mention_is_shown_until_it_is_read(self, client, day):
        page = open_home(client, day.giulia).content.decode()
        assert "the driver was alone" in page

        mention = Mention.objects.get(member=day.giulia)
        answer = client.post(f"/mentions/{mention.pk}/read/")
        assert answer.status_code == 302
        assert "the driver was alone" not in client.get("/").content.decode()
        mention.refresh_from_db()
        assert mention.read_at == NOON

    def test_only_the_one_mentioned_can_read_it_away(self, client, day):
        client.force_login(day.marco.user, backend=BACKEND)
        mention = Mention.objects.get(member=day.giulia)

        client.post(f"/mentions/{mention.pk}/read/", headers={"HX-Request": "true"})
        mention.refresh_from_db()
        assert mention.read_at is None

    def test_a_get_changes_nothing(self, client, day):
        client.force_login(day.giulia.user, backend=BACKEND)
        mention = Mention.objects.get(member=day.giulia)

        assert client.get(f"/mentions/{mention.pk}/read/").status_code == 405

    def test_somebody_with_nothing_to_do_is_told_what_will_be_here(self, client, day):
        Case.objects.filter(entity=day.entity).update(owner=day.giulia)
        auditor = a_member(day.entity, "Ada Rossi", role="auditor", department="TAX")

        assert "Nothing waits for you" in open_home(client, auditor).content.decode()

    def test_the_import_that_runs_says_how_far_it_is(self, client, day):
        page = open_home(client, day.giulia).content.decode()
        assert "6,102 of 10,000 rows" in page

    @pytest.mark.parametrize("language", ["it", "fr", "es", "de"])
    def test_is_there_in_every_language(self, client, day, language):
        day.giulia.user.language = language
        day.giulia.user.save()

        page = open_home(client, day.giulia).content.decode()
        assert "Ends today" not in page
        assert "With others" not in page


class TestSearch:
    def find(self, client, member, typed):
        client.force_login(member.user, backend=BACKEND)
        return client.get("/palette/", {"q": typed}).content.decode()

    def test_finds_a_customer_by_part_of_the_name(self, client, day):
        assert "Maison Dorval SAS" in self.find(client, day.giulia, "dorval")

    def test_finds_a_document_however_its_number_is_typed(self, client, day):
        number = day.claims["price"].invoice.number
        assert number in self.find(client, day.giulia, number.replace("FT-", "ft ").lower())

    @pytest.mark.parametrize("typed", ["3,510.00", "3.510,00", "3510", "3 510,00"])
    def test_finds_an_amount_in_every_way_of_writing_it(self, client, day, typed):
        found = self.find(client, day.giulia, typed)
        assert day.claims["price"].invoice.number in found

    @pytest.mark.parametrize("typed", ["%", "'; drop", "\0", "999999999999999999999999", ",", "…"])
    def test_finds_nothing_for_nonsense_and_says_so(self, client, day, typed):
        client.force_login(day.giulia.user, backend=BACKEND)
        assert client.get("/palette/", {"q": typed}).status_code == 200

    def test_finds_nothing_of_another_creditor(self, client, day):
        stranger = a_member(an_entity("other", name="Other"))
        number = day.claims["price"].invoice.number

        assert "/customers/" not in self.find(client, stranger, number)
        assert "Maison Dorval" not in self.find(client, stranger, "maison")
