"""Payments posted, taken back and asked about on the bank desk."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.bank_day import IBANS, BankDay, a_bank_day, a_loaded_statement, paid
from tests.world.bank_page import desk_form, do, item_of, page, state_of
from tests.world.builders import a_customer, an_open_item
from tests.world.kept import fresh, kept

from concilia.cash.models import Match
from concilia.correspondence.models import Message
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NBSP = "\u00a0"


built_day = kept(a_bank_day)


@pytest.fixture
def day(db, built_day) -> BankDay:
    return fresh(built_day)


@pytest.fixture
def clerk(client, day):
    client.force_login(day.clerk.user, backend=BACKEND)
    return client


def of(day: BankDay, name: str) -> dict[str, object]:
    return {"customer": day.customers[name].pk}


class TestPosting:
    def test_a_proposal_is_confirmed_as_it_stands(self, clerk, day):
        entry = day.entry("BONIFICO")

        answer = do(clerk, entry, "post", desk_form(day, "sestri1", version=1, **of(day, "sestri")))

        assert answer.status_code == 302
        match = Match.objects.get(bank_entry=entry)
        assert (match.state, match.rule, match.decided_by) == ("POSTED", "M6", day.clerk.user)
        assert f"1,220.00{NBSP}EUR posted." in clerk.get(answer.url).text

    def test_the_next_payment_of_the_list_follows(self, clerk, day):
        answer = do(clerk, day.entry("BONIFICO"), "post", desk_form(day, "sestri1"))

        assert answer.url.startswith("/bank/payments/")
        assert str(day.entry("BONIFICO").pk) not in answer.url

    def test_differences_become_what_they_are(self, clerk, day):
        entry = day.entry("RE 3201")
        items = [item_of(day, name).pk for name in ("lindner1", "lindner2", "lindner3")]
        data = {
            "take": items,
            "dk": ["discount", "discount", "deduction", "deduction"],
            "di": [items[1], items[2], items[0], items[0]],
            "dr": ["", "", "NC-01", "NC-01"],
            "dt": ["", "", "Belastung 4471", ""],
            "da": ["108,25", "77,40", "291.60", "123,60"],
            **of(day, "lindner"),
        }

        answer = do(clerk, entry, "post", data)

        assert answer.status_code == 302, answer.text
        match = Match.objects.get(bank_entry=entry, state="POSTED")
        assert match.rule == "own"
        assert sorted(OpenItem.objects.filter(kind="deduction").values_list("original_minor")) == [
            (41_520,)
        ]
        discounts = match.allocations.values_list("discount_minor", flat=True)
        assert sorted(discounts) == [0, 7_740, 10_825]

    def test_what_is_not_explained_is_not_posted_and_stays_on_the_desk(self, clerk, day):
        entry = day.entry("BONIFICO")

        answer = do(clerk, entry, "post", desk_form(day, "sestri1", "sestri2"))

        assert answer.status_code == 422
        assert f"1,220.00{NBSP}EUR is not explained yet." in answer.text
        assert answer.text.count(' aria-selected="true"') == 2
        assert state_of(entry) == "PROPOSED"

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            (("discount", "", "", "100,00"), "no cash discount"),
            (("deduction", "", "", "100,00"), "say why"),
            (("small", "", "", "100,00"), "Make it a deduction"),
            (("deduction", "NC-01", "", "a hundred"), "is no amount"),
        ],
    )
    def test_refusals_are_sentences_and_nothing_is_lost(self, clerk, day, row, says):
        item = an_open_item(day.customers["sestri"], 132_000)
        entry = day.entry("BONIFICO")
        kind, reason, text, amount = row
        data = {"take": [item.pk], "dk": kind, "di": item.pk, "dr": reason, "dt": text}

        answer = do(clerk, entry, "post", data | {"da": amount, **of(day, "sestri")})

        assert answer.status_code == 422
        assert says in answer.text
        assert state_of(entry) == "PROPOSED"

    def test_somebody_elses_posting_is_a_conflict_not_an_error(self, clerk, day):
        entry = day.entry("BONIFICO")
        do(clerk, entry, "post", desk_form(day, "sestri1"))

        answer = do(clerk, entry, "post", desk_form(day, "sestri2"))

        assert answer.status_code in {409, 422}
        assert item_of(day, "sestri2").open_minor == 122_000

    def test_a_page_that_is_old_is_told_so(self, clerk, day):
        entry = day.entry("BONIFICO")
        do(clerk, entry, "again")

        answer = do(clerk, entry, "post", desk_form(day, "sestri1", version=1))

        assert answer.status_code == 422
        assert "changed this payment meanwhile" in answer.text

    def test_the_rest_goes_on_the_customers_account(self, clerk, day):
        entry = day.entry("NESSUNA")

        do(clerk, entry, "post", {"on_account": "640,00", **of(day, "hartley")})

        account = OpenItem.objects.get(kind="on_account")
        assert (account.customer, account.open_minor) == (day.customers["hartley"], -64_000)

    def test_on_account_wants_a_customer(self, clerk, day):
        answer = do(clerk, day.entry("NESSUNA"), "post", {"on_account": "640"})

        assert answer.status_code == 422
        assert "on whose account" in answer.text

    def test_the_draft_changes_nothing_but_the_desk(self, clerk, day):
        entry = day.entry("NESSUNA")
        data = desk_form(day, "sestri1", change="deduction", **of(day, "sestri"))

        answer = do(clerk, entry, "draft", data, **{"HX-Request": "true"})

        assert 'value="580.00"' in answer.text
        assert state_of(entry) == "OPEN"

    def test_the_draft_puts_the_rest_on_account_and_takes_a_difference_away(self, clerk, day):
        entry = day.entry("NESSUNA")
        on_account = do(clerk, entry, "draft", {"change": "on_account"})
        assert 'name="on_account"' in on_account.text
        data = desk_form(day, "sestri1", dk="later", da="5", dr="", dt="", change="remove-0")
        removed = do(clerk, entry, "draft", data | {"di": item_of(day, "sestri1").pk})
        assert 'name="dk"' not in removed.text

    def test_the_sure_ones_are_posted_together(self, clerk, day):
        customer = a_customer(day.entity, "Bäckerei Süd GmbH")
        item = an_open_item(customer, 7_777)
        number = item.document_number.replace("X-000", "")
        a_loaded_statement(
            day.entity, paid(7_777, f"RE {number}", payer_name="BAECKEREI SUED"), name="ST-2"
        )
        proposals = Match.objects.filter(state="PROPOSED")

        clerk.post(reverse("desk:bank-sure"), {"match": [one.pk for one in proposals]})

        assert not Match.objects.filter(state="PROPOSED").exists()

    def test_nothing_chosen_is_said(self, clerk, day):
        answer = clerk.post(reverse("desk:bank-sure"), {"match": ["x", "-1"]}, follow=True)

        assert "Choose at least one payment." in answer.text


class TestTakingBack:
    def test_a_posting_is_taken_back_with_a_reason(self, clerk, day):
        entry = day.entry("VIR")

        do(clerk, entry, "reverse", {"reason": "wrong customer"})

        assert item_of(day, "dorval1").open_minor == 290_010
        assert state_of(entry) == "OPEN"

    def test_without_a_reason_it_stays(self, clerk, day):
        answer = do(clerk, day.entry("VIR"), "reverse", {"reason": " "})

        assert answer.status_code == 409
        assert "Say why" in answer.text

    def test_undo_takes_back_what_was_just_posted(self, clerk, day):
        entry = day.entry("BONIFICO")
        do(clerk, entry, "post", desk_form(day, "sestri1"))

        answer = do(clerk, entry, "undo", **{"HX-Request": "true"})

        assert answer.headers["HX-Redirect"] == page(entry)
        assert item_of(day, "sestri1").open_minor == 122_000

    def test_a_returned_debit_reverses_its_payment(self, clerk, day):
        a_loaded_statement(
            day.entity,
            paid(
                945_205,
                "RUECKLASTSCHRIFT",
                is_return=True,
                return_reason="AC04",
                payer_iban=IBANS["hartley"],
                payer_name="HARTLEY AND SONS",
            ),
            name="ST-2",
        )
        back = day.entry("RUECK")
        text = clerk.get(page(back)).text
        assert "Which payment it was" in text
        assert "AC04" in text

        do(clerk, back, "return", {"paid": day.entry("INV").pk})

        assert item_of(day, "hartley1").open_minor == 945_205
        assert "the items are open again" in clerk.get(page(back)).text

    def test_a_return_without_a_choice_is_said(self, clerk, day):
        a_loaded_statement(day.entity, paid(5, "RUECK", is_return=True), name="ST-2")

        answer = do(clerk, day.entry("RUECK"), "return", {})

        assert answer.status_code == 409
        assert "Choose the payment" in answer.text


class TestAsking:
    def test_the_question_stands_there_in_the_customers_language(self, clerk, day):
        text = clerk.get(page(day.entry("BONIFICO"))).text

        assert "Il vostro pagamento di 1.220,00" in text
        assert "La causale dice" in text

    def test_it_leaves_as_the_person_wrote_it(self, clerk, day):
        entry, customer = day.entry("BONIFICO"), day.customers["sestri"]
        data = {
            "customer": customer.pk,
            "to": customer.contacts.get().email,
            "subject": "Pagamento",
            "text": "Quale fattura?",
        }

        answer = do(clerk, entry, "ask", data)

        message = Message.objects.get()
        assert (message.state, message.body) == ("QUEUED", "Quale fattura?")
        assert "Asked" in clerk.get(answer.url).text

    def test_an_address_that_is_not_theirs_is_held_back_and_said(self, clerk, day):
        data = {"to": "x@nowhere.example", "subject": "S", "text": "T", **of(day, "sestri")}

        answer = clerk.post(
            reverse("desk:bank-ask", args=[day.entry("BONIFICO").pk]), data, follow=True
        )

        assert "Held back" in answer.text

    def test_without_words_it_does_not_leave(self, clerk, day):
        data = {"to": "x@y.example", "subject": "S", "text": "", **of(day, "sestri")}

        answer = do(clerk, day.entry("BONIFICO"), "ask", data)

        assert answer.status_code == 422
        assert not Message.objects.exists()
