"""The claims and what people did with them: every state, in order, by those who may, in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from tests.world.aurora import AS_OF, text_of

from concilia.interfaces.cli.company import VERBS, build
from concilia.interfaces.cli.company.build import SCRIPTS
from concilia.interfaces.cli.company.people import OWNERS, SLA_DAYS, approvers
from concilia.interfaces.cli.company.routes import StoryRunsLate, after_minutes
from concilia.interfaces.cli.company.workdays import (
    ROME,
    at_rome,
    easter,
    is_workday,
    last_workday,
    shift_workdays,
)

STATES = {
    "RECEIVED", "QUALIFYING", "DUPLICATE", "INVESTIGATING", "WAITING_CUSTOMER", "WAITING_INTERNAL",
    "WAITING_THIRD_PARTY", "DECISION_PROPOSED", "IN_APPROVAL", "APPROVED", "PARTIALLY_APPROVED",
    "DENIED", "POSTING", "POSTED", "POSTING_FAILED", "CLOSED", "CUSTOMER_NOTIFIED", "ACCEPTED",
    "COLLECT_BACK", "REPAID", "APPEALED", "ESCALATED_LEGAL", "WITHDRAWN", "REOPENED",
}  # fmt: skip
REASONS = {
    "NC-01", "NC-02", "NC-03", "NC-05", "NC-06", "NC-07", "NC-08", "NC-09", "NC-11", "NC-12",
    "NC-14", "NC-17", "NC-21", "NC-23", "NC-25", "NC-26", "CO-01", "CO-03", "CO-05", "FI-02",
    "FI-08", "FI-16",
}  # fmt: skip
CLERK_VERBS = {"confirm_reading", "correct_reading", "assign", "propose", "submit", "close"}


def acts_by_subject(company):
    found = defaultdict(list)
    for act in company.acts:
        found[act.subject_key].append(act)
    return found


class TestClaims:
    def test_every_state_and_every_reason_is_there(self, company):
        assert {story.state for story in company.stories} == STATES
        assert {story.reason for story in company.stories} >= REASONS

    def test_scripts_end_where_they_say(self, company):
        states = {story.key: story.state for story in company.stories}
        assert {script.key: script.state for script in SCRIPTS} == {
            key: state for key, state in states.items() if not key.endswith("/twin")
        }

    def test_claimed_and_valid_are_the_sums_of_the_lines(self, company):
        for story in company.stories:
            if story.lines:
                assert story.claimed == sum(line.claimed for line in story.lines)
                assert story.valid == sum(line.valid for line in story.lines)
                assert all(0 <= line.valid <= line.claimed for line in story.lines), story.key

    def test_the_pod_proves_what_is_valid_of_a_shortage(self, company, table):
        signed = {
            (row["delivery_number"], row["sku"]): row
            for row in table("deliveries.csv")
            if row["pod_date"]
        }
        deliveries = {
            row["invoice_number"]: row["delivery_number"] for row in table("invoices.csv")
        }
        checked = 0
        for story in company.stories:
            for line in story.lines:
                row = signed.get((deliveries[story.invoice_number], line.sku))
                if row is None or line.reason not in ("NC-01", "NC-05"):
                    continue
                missing = int(row["quantity"]) - int(row["pod_quantity"])
                proven = missing if line.reason == "NC-01" else int(row["pod_damaged"])
                assert proven == line.proven_quantity, story.key
                assert bool(row["pod_reserve"]) == bool(proven)
                checked += 1
        assert checked >= 12

    def test_a_wrong_price_is_above_the_contract(self, company, table):
        contract = {
            (row["customer_number"], row["sku"]): row["unit_price"]
            for row in table("prices.csv")
            if not row["valid_to"]
        }
        wrong = [
            line
            for story in company.stories
            if story.reason == "NC-08" and story.valid
            for line in story.lines
            if contract[story.customer_number, line.sku] != f"{line.unit_price / 100:.2f}"
        ]
        assert len(wrong) >= 4

    def test_the_story_of_the_pictures_is_told_to_the_cent(self, company):
        story = next(s for s in company.stories if s.key == "frischmarkt-penne")
        assert (story.claimed, story.valid) == (71_640, 55_080)
        assert [line.claimed for line in story.lines] == [25_920, 37_800, 7_920]


class TestActs:
    def test_most_claims_were_worked_on(self, company):
        subjects = acts_by_subject(company)
        worked = [story for story in company.stories if subjects[story.subject_key]]
        assert len(worked) >= 45

    def test_each_names_a_claim_a_person_and_a_verb(self, company, bank_entries):
        subjects = {story.subject_key for story in company.stories} | set(bank_entries)
        people = {member.email for member in company.staff} | {"customer", "system"}
        for act in company.acts:
            assert act.subject_key in subjects
            assert act.who in people
            assert act.verb in VERBS
        assert {act.verb for act in company.acts} == set(VERBS)

    def test_mails_papers_and_entries_they_speak_of_exist(self, company, bank_entries):
        mails = {mail.key for mail in company.mails}
        for act in company.acts:
            assert act.args.get("mail", None) in mails | {None}
            assert act.args.get("paper", None) in set(company.papers) | {None}
            assert act.args.get("bank_ref", None) in set(bank_entries) | {None}
            assert act.args.get("twin", None) in mails | set(bank_entries) | {None}

    def test_in_order_of_time_on_working_days_none_from_the_future(self, company):
        times = [act.at for act in company.acts]
        assert times == sorted(times)
        assert times[-1] <= at_rome(AS_OF, 8, 45)
        assert all(is_workday(at.astimezone(ROME).date()) for at in times)

    def test_nothing_is_done_before_the_claim_came(self, company):
        opened = {story.subject_key: story.opened_at for story in reversed(company.stories)}
        claims = [act for act in company.acts if act.verb != "confirm_match"]
        assert all(act.at >= opened[act.subject_key] for act in claims)

    def test_clerks_say_what_doubtful_payments_pay(self, company, bank_entries, invoice_totals):
        looked = [act for act in company.acts if act.verb == "confirm_match"]
        assert len(looked) >= 5
        for act in looked:
            assert set(act.args["documents"]) <= set(invoice_totals)
            assert text_of(bank_entries[act.subject_key], "BookgDt/Dt") < f"{act.at:%Y-%m-%d}"

    def test_nobody_signs_what_they_proposed(self, company):
        for acts in acts_by_subject(company).values():
            proposers = {act.who for act in acts if act.verb == "propose"}
            assert proposers.isdisjoint(act.who for act in acts if act.verb == "approve")

    def test_proposals_give_each_cent_one_place(self, company):
        claimed = {
            story.subject_key: story.claimed
            for story in company.stories
            if story.state != "DUPLICATE"
        }
        for act in company.acts:
            if act.verb == "propose":
                approved, denied = act.args["approved"], act.args["denied"]
                assert approved + denied == claimed[act.subject_key]
                assert approved == sum(line["approved"] for line in act.args["lines"])

    def test_clerks_do_clerks_work(self, company):
        clerks = {member.email for member in company.staff if member.role == "clerk"}
        assert {act.who for act in company.acts if act.verb in CLERK_VERBS} == clerks

    def test_most_claims_were_decided_in_time_but_not_all(self, company):
        subjects = acts_by_subject(company)
        late = decided = 0
        for story in company.stories:
            signed = [a for a in subjects[story.subject_key] if a.verb == "approve"]
            if not signed or not signed[0].args["last"]:
                continue
            opened = story.opened_at.astimezone(ROME).date()
            decided += 1
            late += signed[0].at.date() > shift_workdays(opened, SLA_DAYS[story.reason])
        assert 1 <= late < decided / 5

    def test_more_money_needs_higher_signatures(self):
        assert approvers(250_000) == [("marta", 2)]
        assert approvers(250_001) == [("marta", 2), ("davide", 4)]
        assert approvers(900_000, is_refusal=True) == [("marta", 2)]


class TestOfficeHours:
    def test_minutes_run_while_the_office_is_open(self):
        friday = at_rome(AS_OF.replace(day=20), 17, 30)
        assert after_minutes(friday, 10) == at_rome(AS_OF.replace(day=23), 8, 40)

    def test_nights_do_not_count(self):
        assert after_minutes(at_rome(AS_OF, 22), 5) == at_rome(AS_OF.replace(day=20), 8, 41)

    @pytest.mark.parametrize(("year", "month", "day"), [(2026, 4, 5), (2027, 3, 28), (2028, 4, 16)])
    def test_easter(self, year, month, day):
        assert (easter(year).month, easter(year).day) == (month, day)

    def test_saints_and_sundays_are_off(self):
        assert last_workday(AS_OF.replace(month=12, day=8)) == AS_OF.replace(month=12, day=7)


class TestPast:
    def test_settled_claims_fill_eighteen_months(self, company):
        months = Counter((claim.opened.year, claim.opened.month) for claim in company.settled)
        assert len(company.settled) >= 200
        assert len(months) >= 17

    def test_every_cent_of_them_is_in_one_bucket(self, company, invoice_totals):
        for claim in company.settled:
            assert claim.claimed == claim.credited + claim.collected_back + claim.written_off
            assert claim.claimed <= invoice_totals[claim.invoice_number]
            assert claim.department == OWNERS[claim.reason]
            assert claim.opened <= claim.decided <= claim.closed < AS_OF

    def test_most_were_settled_in_time(self, company):
        in_time = [claim for claim in company.settled if claim.decided <= claim.due]
        assert 0.75 <= len(in_time) / len(company.settled) <= 0.95

    def test_every_reason_has_an_owner_and_a_term(self, company):
        assert {story.reason for story in company.stories} <= set(OWNERS)
        assert set(SLA_DAYS) == set(OWNERS)


class TestTooLong:
    def test_a_script_with_more_steps_than_days_is_refused(self, monkeypatch):
        hasty = replace(SCRIPTS[0], steps="read take:TRM " + "note " * 40)
        monkeypatch.setattr(build, "SCRIPTS", (hasty, *SCRIPTS[1:]))
        with pytest.raises(StoryRunsLate, match="valdarno-promo: note would be at"):
            build.build_company(7, AS_OF)
