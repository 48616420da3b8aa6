"""Rules about texts: what they do, what they must not do, and who proposed them."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.payer import all_holds, balance
from tests.world.paying_office import PayingOffice, live

from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    accept_rule,
    change_rule,
    end_rule,
    match_entry,
    post_proposals,
    post_split,
    restore_rule,
    set_aside,
    settle_return,
    write_rule,
)
from concilia.cash.core.rules import RuleDraft
from concilia.cash.models import Match, TextRule
from concilia.cash.queries.bank_figures import Scope, rates
from concilia.cash.queries.rules import preview
from concilia.cash.queries.unapplied import unapplied_totals
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
STRANGER = {"payer_iban": "", "payer_name": "ACCREDITO 000812 AGENZIA 14"}


@pytest.fixture
def office() -> PayingOffice:
    return PayingOffice()


def write(office: PayingOffice, **fields: object) -> TextRule:
    return write_rule(draft=RuleDraft(**fields), member=office.member, at=NOON)


class TestTextMeansCustomer:
    def test_what_follows_is_safe_by_the_engines_own_rules(self, office):
        write(office, meaning="customer", text="filiale Trastevere", customer_id=office.customer.pk)
        office.items(1, 7_000)

        match = live(office.pay(7_000, text="VERS. FILIALE TRASTEVERE 11/26", **STRANGER))

        assert (match.state, match.rule, match.customer) == ("POSTED", "M6", office.customer)
        told = match.explanation["parts"][0]
        assert told["key"] == "rule_customer"
        assert told["arguments"]["words"] == "FILIALE TRASTEVERE"

    def test_two_answers_stay_a_proposal(self, office):
        write(office, meaning="customer", text="Trastevere", customer_id=office.customer.pk)
        office.items(2, 7_000)

        assert live(office.pay(7_000, text="TRASTEVERE", **STRANGER)).state == "PROPOSED"

    def test_words_are_whole_words(self, office):
        write(office, meaning="customer", text="ABB", customer_id=office.customer.pk)
        office.items(1, 7_000)

        assert live(office.pay(7_000, text="ABBONAMENTO", **STRANGER)).customer is None

    def test_an_account_of_somebody_else_makes_it_a_proposal(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        write(office, meaning="customer", text="per conto Verdi", customer_id=other.pk)
        office.items(1, 7_000, other)

        match = live(office.pay(7_000, text="PER CONTO VERDI"))

        assert (match.state, match.customer) == ("PROPOSED", other)

    def test_unless_the_rule_is_about_this_account(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        entry = office.pay(1, text="x")
        write(
            office,
            meaning="customer",
            text="per conto Verdi",
            customer_id=other.pk,
            payer_iban=entry.payer_iban,
        )
        office.items(1, 7_000, other)

        assert live(office.pay(7_000, text="PER CONTO VERDI")).state == "POSTED"

    def test_rules_that_contradict_each_other_say_nothing(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        write(office, meaning="customer", text="ALFA", customer_id=office.customer.pk)
        write(office, meaning="customer", text="BETA", customer_id=other.pk)
        office.items(1, 7_000)

        assert live(office.pay(7_000, text="ALFA BETA", **STRANGER)).customer is None

    def test_another_company_has_its_own_rules(self, office):
        stranger = a_member(an_entity("other"))
        theirs = a_customer(stranger.entity, "Verdi Spa")
        draft = RuleDraft(meaning="customer", text="Trastevere", customer_id=theirs.pk)
        write_rule(draft=draft, member=stranger, at=NOON)

        assert live(office.pay(7_000, text="TRASTEVERE", **STRANGER)).customer is None
        with pytest.raises(PostingRefused, match="no such customer"):
            write(office, meaning="customer", text="Roma", customer_id=theirs.pk)


class TestTextMeansNoCustomerPayment:
    def test_it_is_set_aside_by_who_accepted_the_rule(self, office):
        rule = write(office, meaning="elsewhere", text="ABB", label="Rent")
        before = balance("SUSPENSE")

        entry = office.pay(90_000, text="ABB NOV", **STRANGER)

        match = live(entry)
        assert (match.state, match.rule, match.decided_by) == ("POSTED", "NOT", office.member.user)
        assert match.explanation["label"] == "Rent"
        assert match.explanation["text_rule"] == [rule.number, 1]
        assert balance("SUSPENSE") == before - 90_000
        assert unapplied_totals(entity_id=office.entity.pk) == {}
        shown = rates(entity_id=office.entity.pk, scope=Scope.last(30, TODAY))
        assert (shown.payments.whole, shown.answered) == (0, 0)
        assert all_holds()

    def test_an_amount_alone_does_not_post_against_it(self, office):
        write(office, meaning="elsewhere", text="ABB", label="Rent")
        office.items(1, 90_000)

        assert live(office.pay(90_000, text="ABB NOV")).rule == "NOT"

    def test_what_proves_itself_is_posted_all_the_same(self, office):
        write(office, meaning="elsewhere", text="ABB", label="Rent")
        [item] = office.items(1, 90_000)

        match = live(office.pay(90_000, text=f"ABB {item.document_number}"))

        assert (match.state, match.rule) == ("POSTED", "M4")

    def test_it_can_be_taken_back_and_decided(self, office):
        rule = write(office, meaning="elsewhere", text="ABB", label="Rent")
        [item] = office.items(1, 90_000)
        entry = office.pay(90_000, text="ABB NOV")

        fresh = office.take_back(live(entry))
        assert (fresh.state, fresh.rule) == ("OPEN", "M13")
        end_rule(rule_id=rule.pk, member=office.member, at=NOON)
        office.decide(entry, item)

        assert live(entry).applied_minor == 90_000
        assert all_holds()

    def test_what_was_set_aside_may_go_back_to_the_bank(self, office):
        entry = office.pay(5_000, text="RIMBORSO", **STRANGER)
        set_aside(bank_entry_id=entry.pk, label="Refund", member=office.member, at=NOON)
        before = balance("BANK")
        returned = office.pay(5_000, text="STORNO", is_return=True, **STRANGER)

        settle_return(
            bank_entry_id=returned.pk, paid_entry_id=entry.pk, member=office.member, at=NOON
        )

        assert (live(entry).rule, live(returned).rule) == ("RET", "RET")
        assert balance("BANK") == before - 5_000
        assert balance("SUSPENSE") == 0
        assert all_holds()

    def test_a_person_sets_aside_without_a_rule(self, office):
        entry = office.pay(5_000, text="RIMBORSO", **STRANGER)

        match = set_aside(bank_entry_id=entry.pk, label=" Refund ", member=office.member, at=NOON)

        assert (match.rule, match.explanation["label"]) == ("NOT", "Refund")
        with pytest.raises(PostingRefused, match="posted"):
            set_aside(bank_entry_id=entry.pk, label="Rent", member=office.member, at=NOON)
        assert AuditEntry.objects.filter(act="payment.set_aside").count() == 1
        assert all_holds()


class TestTextMeansReason:
    def short(self, office, text, **changes):
        [item] = office.items(1, 50_000)
        entry = office.pay(45_000, text=f"{item.document_number} {text}", **changes)
        return live(entry).allocations.get()

    def test_the_payers_own_word_for_it(self, office):
        assert self.short(office, "K77 BELASTUNG").deduction_reason == "FI-09"
        write(
            office,
            meaning="reason",
            text="K77",
            customer_id=office.customer.pk,
            reason="NC-05",
        )

        assert self.short(office, "K77 BELASTUNG").deduction_reason == "NC-05"

    def test_not_another_payers(self, office):
        other = a_customer(office.entity, "Verdi Spa")
        write(office, meaning="reason", text="K77", customer_id=other.pk, reason="NC-05")

        assert self.short(office, "K77").deduction_reason == "FI-16"


class TestVersions:
    def test_a_change_is_a_new_version_and_both_are_kept(self, office):
        rule = write(office, meaning="elsewhere", text="ABB", label="Rent")
        draft = RuleDraft(meaning="elsewhere", text="ABB", label="Lease")
        changed = change_rule(rule_id=rule.pk, draft=draft, member=office.member, at=NOON)

        assert (changed.number, changed.version) == (rule.number, 2)
        assert list(TextRule.objects.order_by("pk").values_list("state", flat=True)) == [
            "ENDED",
            "ACTIVE",
        ]
        end_rule(rule_id=changed.pk, member=office.member, at=NOON)
        back = restore_rule(rule_id=rule.pk, member=office.member, at=NOON)
        assert (back.version, back.label, back.state) == (3, "Rent", "ACTIVE")
        assert AuditEntry.objects.filter(act__startswith="rule.").count() == 4

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"meaning": "elsewhere", "text": " - ", "label": "x"}, "words"),
            ({"meaning": "elsewhere", "text": "ABB", "label": " "}, "what the money is for"),
            ({"meaning": "customer", "text": "ABB"}, "customer"),
            ({"meaning": "king", "text": "ABB", "customer_id": 1}, "mean"),
            ({"meaning": "elsewhere", "text": "A B " * 7, "label": "x"}, "words"),
        ],
    )
    def test_what_is_no_rule_is_one_sentence(self, office, fields, told):
        with pytest.raises(PostingRefused, match=told):
            write(office, **fields)
        assert not TextRule.objects.exists()

    def test_the_same_words_have_one_meaning(self, office):
        write(office, meaning="elsewhere", text="ABB", label="Rent")

        with pytest.raises(PostingRefused, match="a rule already"):
            write(office, meaning="customer", text="abb", customer_id=office.customer.pk)


class TestPreview:
    def test_what_it_would_have_matched_and_what_was_decided_otherwise(self, office):
        entries = [office.pay(n, text=f"ABB NOV {n}", **STRANGER) for n in (1_000, 2_000, 3_000)]
        office.pay(4_000, text="ABBONAMENTO", **STRANGER)
        office.decide(entries[0])
        set_aside(bank_entry_id=entries[1].pk, label="Rent", member=office.member, at=NOON)
        draft = RuleDraft(meaning="elsewhere", text="abb", label="Rent")

        seen = preview(entity=office.entity, draft=draft, as_of=TODAY)

        assert (seen.matched, seen.otherwise) == (3, 1)
        assert seen.shown[0].entry == entries[0]
        assert seen.shown[0].is_otherwise


class TestProposals:
    def rents(self, office, count, label="Rent"):
        for month in ("SETTEMBRE", "OTTOBRE", "NOVEMBRE", "DICEMBRE")[:count]:
            entry = office.pay(90_000, text=f"CANONE {month} 2026 VIA ROMA", **STRANGER)
            set_aside(bank_entry_id=entry.pk, label=label, member=office.member, at=NOON)

    def test_after_three_equal_decisions_and_never_before_a_person_accepts(self, office):
        self.rents(office, 2)
        assert not TextRule.objects.exists()

        self.rents(office, 3)

        rule = TextRule.objects.get()
        assert (rule.state, rule.meaning, rule.words) == ("PROPOSED", "elsewhere", "VIA ROMA")
        assert rule.decisions >= 3
        entry = office.pay(90_000, text="CANONE GENNAIO VIA ROMA", **STRANGER)
        assert live(entry).state == "OPEN"
        accept_rule(rule_id=rule.pk, member=office.member, at=NOON)
        assert match_entry(bank_entry_id=entry.pk, at=NOON).rule == "NOT"

    def test_what_was_refused_is_not_proposed_again(self, office):
        self.rents(office, 3)
        end_rule(rule_id=TextRule.objects.get().pk, member=office.member, at=NOON)

        self.rents(office, 1)

        assert TextRule.objects.get().state == "DISMISSED"

    def test_a_word_that_also_meant_something_else_is_not_proposed(self, office):
        office.decide(office.pay(1_000, text="VIA ROMA", **STRANGER))

        self.rents(office, 3)

        assert TextRule.objects.get().words == "CANONE"

    def test_a_text_that_stands_for_a_customer(self, office):
        for n in (1_000, 2_000, 3_000):
            office.decide(office.pay(n, text=f"Filiale Trastevere {n}", **STRANGER))

        rule = TextRule.objects.get()
        assert (rule.meaning, rule.words) == ("customer", "FILIALE TRASTEVERE")
        assert rule.customer == office.customer

    def test_many_confirmed_at_once_propose_it_as_well(self, office):
        waiting = []
        for n in (40_000, 41_000, 42_000):
            [item] = office.items(1, 50_000 + n)
            text = f"{item.document_number} Filiale Trastevere"
            waiting.append(live(office.pay(n, text=text, **STRANGER)))
        assert {match.state for match in waiting} == {"PROPOSED"}

        done = post_proposals(
            match_ids=[match.pk for match in waiting], member=office.member, at=NOON
        )

        assert len(done.posted) == 3
        rule = TextRule.objects.get()
        assert (rule.state, rule.meaning, rule.words) == (
            "PROPOSED",
            "customer",
            "FILIALE TRASTEVERE",
        )
        assert rule.customer == office.customer
        assert rule.decisions == 3

    def test_an_own_word_for_a_reason(self, office):
        for n in (40_000, 41_000, 42_000):
            [item] = office.items(1, 50_000)
            entry = office.pay(n, text=f"LASTSCHRIFT ZENTRALE {n}")
            line = PersonsLine(
                item_id=item.pk,
                applied_minor=n,
                deduction_minor=50_000 - n,
                deduction_reason="NC-05",
                deduction_text="LS Zentrale",
            )
            post_split(
                bank_entry_id=entry.pk,
                split=PersonsSplit(customer_id=office.customer.pk, lines=[line]),
                member=office.member,
                at=NOON,
            )

        rule = TextRule.objects.get(meaning="reason")
        assert (rule.words, rule.reason) == ("LS ZENTRALE", "NC-05")
        assert Match.objects.filter(state="POSTED").count() == 3
