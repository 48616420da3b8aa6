"""Pages of what was learned: shown with where it comes from, and changed by those who may."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity
from tests.world.paying_office import PayingOffice, live

from concilia.cash.actions import add_alias, write_rule
from concilia.cash.core.rules import RuleDraft
from concilia.cash.models import TextRule
from concilia.cash.queries.candidates import policy_of
from concilia.customers.models import PayerAlias
from concilia.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
STRANGER = {"payer_iban": "", "payer_name": "ACCREDITO 000812 AGENZIA 14"}
RENT = {"text": "ABB", "meaning": "elsewhere", "label": "Rent", "act": "save"}


@pytest.fixture
def office() -> PayingOffice:
    return PayingOffice()


@pytest.fixture
def clerk(client, office):
    client.force_login(office.member.user)
    return client


@pytest.fixture
def auditor(client, office):
    client.force_login(a_member(office.entity, "Paolo Neri", role="auditor").user)
    return client


def write(office, **fields):
    return write_rule(draft=RuleDraft(**fields), member=office.member, at=NOON)


class TestLearnedOfACustomer:
    def page(self, client, office, query=""):
        return client.get(reverse("desk:customer-learned", args=[office.customer.pk]) + query)

    def test_habits_with_their_payments_and_aliases_with_theirs(self, clerk, office):
        items = office.items(10)
        for place in (0, 2, 4):
            entry = office.pay(20_000, payer_name="CASSA MERCATI")
            office.decide(entry, *items[place : place + 2])

        text = self.page(clerk, office, "?habit=oldest").content.decode()

        assert "pays the oldest items first" in text
        assert "3 of 3 times" in text
        assert "CASSA MERCATI" in text
        assert reverse("desk:bank-payment", args=[entry.pk]) in text

    def test_the_number_of_queries_does_not_grow(self, clerk, office):
        items = office.items(20)
        office.decide(office.pay(20_000), *items[:2])
        self.page(clerk, office)
        with CaptureQueriesContext(connection) as few:
            self.page(clerk, office)
        for place in range(2, 10, 2):
            name = f"CASSA MERCATI {'ABCDE'[place // 2]}BC"
            office.decide(office.pay(20_000, payer_name=name), *items[place : place + 2])
        write(office, meaning="customer", text="Trastevere", customer_id=office.customer.pk)

        with CaptureQueriesContext(connection) as many:
            self.page(clerk, office)

        assert len(many) == len(few)

    def test_an_account_is_written_down_and_taken_out(self, clerk, office):
        address = reverse("desk:alias-add", args=[office.customer.pk])
        clerk.post(address, {"value": "fr14 2004 1010 0505 0001 3M02 606"})
        alias = PayerAlias.objects.get(value="FR1420041010050500013M02606")
        assert alias.written_by == office.member.user

        office.items(1, 7_000)
        entry = office.pay(7_000, payer_iban=alias.value, payer_name="?")
        assert live(entry).state == "POSTED"
        clerk.post(reverse("desk:alias-end", args=[alias.pk]))

        assert not PayerAlias.objects.filter(pk=alias.pk).exists()
        assert {"alias.added", "alias.removed"} <= set(
            AuditEntry.objects.values_list("act", flat=True)
        )

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("FR15 2004 1010 0505 0001 3M02 606", "check digits"),
            ("BONIFICO 4711", "tells who it is"),
            ("", "tells who it is"),
        ],
    )
    def test_what_is_no_account_is_a_sentence(self, clerk, office, value, told):
        address = reverse("desk:alias-add", args=[office.customer.pk])

        answer = clerk.post(address, {"value": value}, follow=True)

        assert told in answer.content.decode()
        assert not PayerAlias.objects.filter(written_by__isnull=False).exists()

    def test_what_the_master_data_state_stays(self, clerk, office):
        alias = PayerAlias.objects.get()

        answer = clerk.post(reverse("desk:alias-end", args=[alias.pk]), follow=True)

        assert "master data" in answer.content.decode()
        assert PayerAlias.objects.filter(pk=alias.pk).exists()

    def test_who_only_reads_changes_nothing(self, auditor, office):
        assert self.page(auditor, office).status_code == 200
        address = reverse("desk:alias-add", args=[office.customer.pk])

        assert auditor.post(address, {"value": "MERCATO CENTRALE"}).status_code == 403

    def test_what_is_anothers_too_is_said(self, clerk, office):
        other = a_customer(office.entity, "Verdi Spa")
        add_alias(
            customer_id=other.pk,
            kind="iban",
            value=PayerAlias.objects.get().value,
            member=office.member,
            at=NOON,
        )

        assert "Verdi Spa" in self.page(clerk, office).content.decode()


class TestRules:
    def test_a_rule_is_looked_at_and_kept(self, clerk, office):
        office.pay(90_000, text="ABB NOV", **STRANGER)
        address = reverse("desk:text-rule-write")

        seen = clerk.post(address, RENT | {"act": "preview"})
        assert "would have matched 1 payment" in seen.content.decode()
        assert not TextRule.objects.exists()
        assert clerk.post(address, RENT).status_code == 302

        rule = TextRule.objects.get()
        assert (rule.words, rule.label, rule.state) == ("ABB", "Rent", "ACTIVE")

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"text": "-"}, "Write the words"),
            ({"label": ""}, "what the money is for"),
            ({"meaning": "customer", "customer": "Nobody"}, "is not one customer"),
            ({"meaning": "customer", "customer": ""}, "Choose the customer"),
            ({"meaning": "reason", "customer": "Rossi", "reason": "XX"}, "Choose the reason"),
        ],
    )
    def test_what_is_no_rule_is_a_sentence_and_what_was_typed_stays(self, clerk, changes, told):
        answer = clerk.post(reverse("desk:text-rule-write"), RENT | changes)

        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not TextRule.objects.exists()

    def test_words_of_strangers_are_only_text(self, clerk, office):
        entry = office.pay(5_000, text="<script>alert(1)</script>", **STRANGER)

        page = clerk.get(reverse("desk:text-rules") + f"?entry={entry.pk}").content.decode()

        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page

    def test_versions_ends_and_comes_back(self, clerk, office):
        rule = write(office, meaning="elsewhere", text="ABB", label="Rent")
        clerk.post(
            reverse("desk:text-rule-change", args=[rule.pk]), RENT | {"label": "Lease of the hall"}
        )
        second = TextRule.objects.get(state="ACTIVE")
        clerk.post(reverse("desk:text-rule-act", args=[second.pk]), {"act": "end"})
        clerk.post(reverse("desk:text-rule-act", args=[rule.pk]), {"act": "restore"})

        page = clerk.get(reverse("desk:text-rule", args=[rule.pk])).content.decode()
        assert "Lease of the hall" in page
        assert TextRule.objects.get(state="ACTIVE").version == 3

    def test_who_only_reads_changes_nothing(self, auditor, office):
        rule = write(office, meaning="elsewhere", text="ABB", label="Rent")
        assert auditor.get(reverse("desk:text-rules")).status_code == 200

        for name, args in (("text-rule-write", []), ("text-rule-act", [rule.pk])):
            assert auditor.post(reverse(f"desk:{name}", args=args), RENT).status_code == 403

    def test_the_number_of_queries_does_not_grow(self, clerk, office):
        write(office, meaning="elsewhere", text="ABB", label="Rent")
        address = reverse("desk:text-rules")
        clerk.get(address)
        with CaptureQueriesContext(connection) as few:
            clerk.get(address)
        for name in ("Alfa", "Beta", "Gamma"):
            write(office, meaning="customer", text=name, customer_id=office.customer.pk)

        with CaptureQueriesContext(connection) as many:
            clerk.get(address)

        assert len(many) == len(few)

    def test_a_payment_is_set_aside_from_its_page(self, clerk, office):
        entry = office.pay(5_000, text="RIMBORSO", **STRANGER)
        address = reverse("desk:bank-aside", args=[entry.pk])

        assert clerk.post(address, {"label": " "}).status_code == 422
        assert live(entry).state == "OPEN"
        answer = clerk.post(address, {"label": "Refund", "remember": "1"})

        assert answer.url.startswith(reverse("desk:text-rules"))
        assert live(entry).rule == "NOT"
        page = clerk.get(reverse("desk:bank-payment", args=[entry.pk]) + "?show=all")
        assert "Set aside: Refund" in page.content.decode()


class TestThresholds:
    @pytest.fixture
    def admin(self, client):
        member = a_member(an_entity(), "Sara Costa", role="admin")
        client.force_login(member.user)
        client.entity = member.entity
        return client

    def policy(self, admin):
        admin.entity.refresh_from_db()
        return policy_of(admin.entity)

    def test_what_is_set_holds_and_is_logged_with_what_it_was(self, admin):
        wanted = {
            "small_difference_minor": "2,50",
            "habit_probability_bp": "99.5 %",
            "post_subsets": "no",
            "reason_codes": "4471 = nc-01\nK-77=FI-09",
        }
        assert admin.post(reverse("desk:settings-matching"), wanted).status_code == 302

        policy = self.policy(admin)
        assert (policy.small_difference_minor, policy.habit_probability_bp) == (250, 9_950)
        assert (policy.post_subsets, policy.bank_charge_minor) == (False, 1_500)
        assert policy.reason_codes == {"4471": "NC-01", "K-77": "FI-09"}
        logged = AuditEntry.objects.get(act="thresholds.changed").data
        assert logged["small_difference_minor"] == {"before": "1", "after": "2.5"}

    def test_empty_is_the_default_again(self, admin):
        address = reverse("desk:settings-matching")
        admin.post(address, {"bank_charge_minor": "20"})
        admin.post(address, {"bank_charge_minor": ""})

        admin.entity.refresh_from_db()
        assert admin.entity.settings == {"matching": {}}

    def test_the_page_as_it_is_shown_changes_nothing(self, admin):
        page = admin.get(reverse("desk:settings") + "?section=matching")
        shown = {
            field.name: field.value for _, fields in page.context["groups"] for field in fields
        }

        assert admin.post(reverse("desk:settings-matching"), shown).status_code == 302
        assert not AuditEntry.objects.filter(act="thresholds.changed").exists()

    @pytest.mark.parametrize(
        ("name", "text", "told"),
        [
            ("small_difference_minor", "much", "is not between 0 and 10000"),
            ("habit_confirmations_min", "1", "is not between 10 and 10000"),
            ("habit_probability_bp", "50", "is not between 90 and 100"),
            ("coincidence_max", "20", "is not between 0 and 5"),
            ("country", "Italy", "cannot be set here"),
            ("reason_codes", "4471 = rubbish", "cannot be set here"),
        ],
    )
    def test_what_cannot_be_is_one_sentence_and_nothing_changes(self, admin, name, text, told):
        answer = admin.post(reverse("desk:settings-matching"), {name: text, "post_subsets": "no"})

        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert self.policy(admin).post_subsets is True

    def test_others_do_not_come_in(self, clerk):
        assert clerk.post(reverse("desk:settings-matching"), {}).status_code == 403
