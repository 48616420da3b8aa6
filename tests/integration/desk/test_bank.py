"""The bank desk: what a person sees of statements and payments, and what they can do with them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.bank_day import IBANS, BankDay, a_bank_day, a_loaded_statement, dispute, paid
from tests.world.builders import a_customer, a_member, an_entity, an_open_item

from concilia.cash.models import Match
from concilia.correspondence.models import Message
from concilia.identity.models import SavedView
from concilia.intake.models import Arrival
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NBSP = "\u00a0"


@pytest.fixture
def day() -> BankDay:
    return a_bank_day()


@pytest.fixture
def clerk(client, day):
    client.force_login(day.clerk.user, backend=BACKEND)
    return client


def page(entry: BankEntry, **query: object) -> str:
    return reverse("desk:bank-payment", args=[entry.pk], query=query)


def item_of(day: BankDay, name: str) -> OpenItem:
    return OpenItem.objects.get(invoice=day.invoices[name], kind="invoice")


def desk_form(day: BankDay, *names: str, **more: object) -> dict[str, object]:
    """What the form of the desk sends when these invoices are taken."""
    return {"take": [item_of(day, name).pk for name in names], **more}


def do(clerk, entry: BankEntry, what: str, data: dict[str, object] | None = None, **headers):
    return clerk.post(reverse(f"desk:bank-{what}", args=[entry.pk]), data or {}, headers=headers)


def state_of(entry: BankEntry) -> str:
    return Match.objects.exclude(state__in=["REPLACED", "REVERSED"]).get(bank_entry=entry).state


class TestTheDay:
    def test_says_which_statement_and_how_far_it_is(self, clerk, day):
        text = clerk.get("/bank/").text

        assert "Bank statement, Thursday 19 November" in text
        assert f"6 credits, 38,358.75{NBSP}EUR" in text
        for said in ("3 posted", "2 proposed", "1 open"):
            assert said in text
        assert "IT60 … 4417" in text

    def test_lists_what_is_left_with_what_it_rests_on(self, clerk, day):
        text = clerk.get("/bank/").text

        assert "Numbers in the text, 3 differences" in text
        assert "2 equal matches, yours to choose" in text
        assert "Payer not known" in text
        assert "Maison Dorval" not in text

    def test_all_shows_what_is_posted_too(self, clerk, day):
        assert "Maison Dorval" in clerk.get("/bank/?show=all").text

    def test_a_list_can_be_searched_by_payer_text_and_amount(self, clerk, day):
        for words in ("SESTRI", "bonifico saldo", "1.220,00", "1220.00"):
            text = clerk.get("/bank/", {"q": words}).text
            assert "Panificio Sestri" in text, words
            assert "ACCREDITO" not in text, words

    def test_what_is_left_on_other_statements_is_one_click_away(self, clerk, day):
        a_loaded_statement(day.entity, paid(1, "X", payer_name="NOBODY"), name="ST-2")

        text = clerk.get(f"/bank/?statement={day.statement.pk}").text

        assert "1 more on other statements" in text
        assert "4 payments of all statements" in clerk.get("/bank/?statement=all").text

    def test_the_navigation_counts_what_waits(self, clerk, day):
        assert '<span class="n" id="nav-bank">3</span>' in clerk.get("/bank/").text

    def test_without_any_statement_it_says_how_to_begin(self, client):
        entity = an_entity("fresh")
        client.force_login(a_member(entity).user, backend=BACKEND)

        text = client.get("/bank/").text

        assert "No bank statement yet" in text
        assert "Drop a file from your bank here" in text

    def test_htmx_gets_the_desk_without_the_shell(self, clerk, day):
        answer = clerk.get(page(day.entry("BONIFICO")), headers={"HX-Request": "true"})

        assert answer.text.lstrip().startswith('<div id="bank"')
        assert "<html" not in answer.text

    @pytest.mark.parametrize("language", ["it", "fr", "es", "de"])
    def test_speaks_the_persons_language(self, clerk, day, language):
        day.clerk.user.language = language
        day.clerk.user.save()

        text = clerk.get(page(day.entry("BONIFICO"))).text

        assert "Left to do" not in text
        assert f'lang="{language}"' in text


class TestOnePayment:
    def test_marks_the_words_it_relies_on(self, clerk, day):
        text = clerk.get(page(day.entry("RE 3201"))).text

        for number in ("3201", "3208", "3215"):
            assert f"<mark>{number}</mark>" in text
        assert '<mark class="k2">SKONTO</mark>' in text
        assert text.count("named in the text") == 3

    def test_explains_itself_in_the_persons_language(self, clerk, day):
        day.clerk.user.language = "de"
        day.clerk.user.save()

        assert "Der Verwendungszweck nennt" in clerk.get(page(day.entry("RE 3201"))).text

    def test_a_strangers_text_stays_text(self, clerk, day):
        a_loaded_statement(
            day.entity, paid(5, "<script>alert(1)</script>", payer_name="<b>X"), name="ST-2"
        )

        text = clerk.get(page(BankEntry.objects.latest("pk"))).text

        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text

    def test_disputed_items_say_so(self, clerk, day):
        dispute(item_of(day, "lindner4"), 1_000)

        assert "disputed" in clerk.get(page(day.entry("RE 3201"))).text

    def test_alternatives_can_be_looked_at_and_chosen(self, clerk, day):
        entry = day.entry("BONIFICO")
        text = clerk.get(page(entry, alternative=0)).text
        assert "FT-2026/02981" in text

        do(clerk, entry, "post", desk_form(day, "sestri2", version=1))

        assert item_of(day, "sestri2").open_minor == 0
        assert item_of(day, "sestri1").open_minor == 122_000

    def test_another_customer_and_other_items_can_be_found(self, clerk, day):
        entry = day.entry("NESSUNA")
        text = clerk.get(page(entry, find="La Ribera")).text
        assert f"?customer={day.customers['ribera'].pk}" in text
        assert "FT-2026/02981" in clerk.get(page(entry, find="2981")).text
        assert "FT-2026/02981" in clerk.get(page(entry, find="FT 2026/02981")).text
        assert "FT-2026/02977" in clerk.get(page(entry, find="1.220,00")).text

    def test_a_customer_chosen_brings_their_items(self, clerk, day):
        text = clerk.get(page(day.entry("NESSUNA"), customer=day.customers["sestri"].pk)).text

        assert "FT-2026/02977" in text
        assert "Ask the customer" in text

    def test_a_posted_payment_says_what_it_settled_and_by_whom(self, clerk, day):
        text = clerk.get(page(day.entry("VIR"))).text

        assert "What it settled" in text
        assert "without a person" in text
        assert "Take back" in text

    @pytest.mark.parametrize(
        "query",
        [
            "customer=x",
            "customer=99999999999999999999",
            "alternative=99",
            "alternative=-1",
            "page=abc",
            "sort=nothing",
            "show=%00",
            "find=%F0%9F%92%A9",
        ],
    )
    def test_addresses_that_make_no_sense_make_no_error(self, clerk, day, query):
        assert clerk.get(f"{page(day.entry('NESSUNA'))}?{query}").status_code == 200

    def test_it_takes_the_same_statements_for_three_items_as_for_thirty(self, clerk, day):
        entry = day.entry("BONIFICO")
        counts = []
        clerk.get(page(entry))
        for more in (0, 30):
            for _ in range(more):
                an_open_item(day.customers["sestri"], 5_000)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                clerk.get(page(entry))
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 50

    def test_and_for_three_lines_as_for_thirty(self, clerk, day):
        clerk.get("/bank/?statement=all")
        counts = []
        for more in (0, 28):
            entries = [paid(n, f"T{n}", key=f"T{n}", payer_name="?") for n in range(1, more + 1)]
            if entries:
                a_loaded_statement(day.entity, *entries, name="ST-2")
            with CaptureQueriesContext(connection) as queries:
                clerk.get("/bank/?statement=all&sort=payer")
            counts.append(len(queries))
        assert abs(counts[0] - counts[1]) <= 1


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


def of(day: BankDay, name: str) -> dict[str, object]:
    return {"customer": day.customers[name].pk}


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


class TestUpload:
    def test_a_file_is_taken_in_to_be_read(self, clerk, day):
        file = SimpleUploadedFile("camt053.xml", b"<Document/>")

        answer = clerk.post(
            reverse("desk:bank-upload"), {"file": file}, headers={"HX-Request": "true"}
        )

        assert "camt053.xml" in answer.text
        assert Arrival.objects.get().channel == "upload"

    def test_an_empty_file_is_refused_in_words(self, clerk, day):
        file = SimpleUploadedFile("empty.xml", b"")

        answer = clerk.post(
            reverse("desk:bank-upload"), {"file": file}, headers={"HX-Request": "true"}
        )

        assert answer.status_code == 422
        assert "empty" in answer.headers["X-Reason"]


class TestFigures:
    @pytest.mark.parametrize("name", ["payments", "lines", "amount", "reversed"])
    def test_every_figure_opens_into_its_rows(self, clerk, day, name):
        text = clerk.get(f"/bank/figures/{name}/", {"statement": day.statement.pk}).text

        assert "How it is computed" in text
        if name != "reversed":
            assert "Maison Dorval" in text

    def test_three_definitions_in_numbers(self, clerk, day):
        def figure(name: str) -> str:
            query = {"statement": day.statement.pk}
            return clerk.get(f"/bank/figures/{name}/", query).text

        assert "<b>3</b> ÷ <b>6</b>" in figure("payments")
        assert "<b>5</b> ÷ <b>10</b>" in figure("lines")
        assert "56.40" in figure("amount")

    def test_unapplied_cash_is_aged_and_adds_up(self, clerk, day):
        text = clerk.get("/bank/figures/unapplied/").text

        assert "16,721" in text
        assert text.count("waits for a person") == 3
        assert "0-30" in text

    def test_reversals_are_counted(self, clerk, day):
        do(clerk, day.entry("VIR"), "reverse", {"reason": "wrong"})

        text = clerk.get("/bank/figures/reversed/").text

        assert "<b>1</b> ÷ <b>3</b>" in text
        assert "taken back" in text

    def test_as_csv_without_formulas(self, clerk, day):
        a_loaded_statement(day.entity, paid(5, "X", payer_name="=cmd()"), name="ST-2")
        for path in (
            "/bank/figures/payments/?format=csv",
            "/bank/figures/unapplied/?format=csv",
            "/bank/export/?statement=all",
        ):
            content = b"".join(clerk.get(path).streaming_content).decode()
            assert "'=cmd()" in content, path

    def test_an_unknown_figure_is_not_there(self, clerk, day):
        assert clerk.get("/bank/figures/nothing/").status_code == 404


class TestViews:
    def test_a_list_is_kept_under_a_name_and_forgotten(self, clerk, day):
        clerk.post("/bank/views/?show=all&sort=amount&statement=all", {"name": "Large first"})
        text = clerk.get("/bank/").text
        assert "Large first" in text
        assert "?show=all&amp;sort=amount" in text

        view = SavedView.objects.get()
        clerk.post("/bank/views/", {"forget": view.pk})

        assert not SavedView.objects.exists()

    def test_nobody_forgets_anothers_view(self, client, clerk, day):
        clerk.post("/bank/views/?show=all", {"name": "Mine"})
        client.force_login(day.auditor.user, backend=BACKEND)

        client.post("/bank/views/", {"forget": SavedView.objects.get().pk})

        assert SavedView.objects.count() == 1
        assert "Mine" not in client.get("/bank/").text


class TestOthers:
    def test_an_auditor_reads_and_changes_nothing(self, client, day):
        client.force_login(day.auditor.user, backend=BACKEND)
        entry = day.entry("BONIFICO")
        text = client.get(page(entry)).text
        assert "Panificio Sestri" in text
        assert "data-post" not in text
        for act in ("post", "draft", "ask", "again", "undo", "reverse", "return"):
            assert do(client, entry, act).status_code == 403, act
        for act in ("sure", "upload"):
            assert client.post(reverse(f"desk:bank-{act}")).status_code == 403, act

    def test_another_entitys_payments_are_not_there(self, client, day):
        other = an_entity("other")
        client.force_login(a_member(other).user, backend=BACKEND)
        entry = day.entry("BONIFICO")

        assert client.get(page(entry)).status_code == 404
        assert client.get(f"/bank/?statement={day.statement.pk}").status_code == 404
        for act in ("post", "draft", "ask", "again", "undo", "reverse", "return"):
            assert do(client, entry, act).status_code == 404, act
        assert "Panificio" not in client.get("/bank/?statement=all").text
        client.post(
            reverse("desk:bank-sure"), {"match": list(Match.objects.values_list("pk", flat=True))}
        )
        assert state_of(entry) == "PROPOSED"

    def test_a_get_changes_nothing(self, clerk, day):
        entry = day.entry("BONIFICO")
        for act in ("post", "draft", "ask", "again", "undo", "reverse", "return"):
            assert clerk.get(reverse(f"desk:bank-{act}", args=[entry.pk])).status_code == 405
