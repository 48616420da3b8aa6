"""The bank desk: what a person sees of statements and payments, and who may see it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world.bank_day import BankDay, a_bank_day, a_loaded_statement, dispute, paid
from tests.world.bank_page import desk_form, do, item_of, page, state_of
from tests.world.builders import a_member, an_entity, an_open_item
from tests.world.kept import fresh, kept

from concilia.cash.models import Match
from concilia.identity.models import SavedView
from concilia.intake.models import Arrival
from concilia.receivables.models import BankEntry

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

    @pytest.mark.parametrize("few", [0, 500], ids=["nearly all have it", "few have it"])
    def test_a_list_can_be_searched_by_payer_text_and_amount(self, clerk, day, monkeypatch, few):
        monkeypatch.setattr("concilia.cash.queries.bank.FEW", few)
        for words in ("SESTRI", "sestri", "bonifico saldo", "1.220,00", "1220.00"):
            text = clerk.get("/bank/", {"q": words}).text
            assert "Panificio Sestri" in text, words
            assert "ACCREDITO" not in text, words

    @pytest.mark.parametrize("words", ["\u00b2", "100%", "_", "\\", "9" * 60])
    def test_odd_words_find_nothing_and_break_nothing(self, clerk, words):
        answer = clerk.get("/bank/", {"q": words, "show": "all"})

        assert answer.status_code == 200
        assert "Panificio Sestri" not in answer.text

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
        assert counts[0] <= 40

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


class TestViews:
    def test_a_list_is_kept_under_a_name_and_forgotten(self, clerk, day):
        clerk.post("/bank/views/?show=all&sort=amount&statement=all", {"name": "Large first"})
        text = clerk.get("/bank/").text
        assert "Large first" in text
        assert "?show=all&amp;sort=amount" in text

        view = SavedView.objects.get()
        clerk.post("/bank/views/", {"forget": view.pk})

        assert not SavedView.objects.exists()

    def test_a_view_has_a_name(self, clerk, day):
        answer = clerk.post("/bank/views/?show=all", {"name": " "}, follow=True)

        assert "Give the view a name." in answer.text
        assert not SavedView.objects.exists()

    def test_nobody_forgets_anothers_view(self, client, clerk, day):
        kept = clerk.post("/bank/views/?show=all", {"name": "Mine"}, follow=True)
        assert "View “Mine” kept." in kept.text
        client.force_login(day.auditor.user, backend=BACKEND)

        answer = client.post("/bank/views/", {"forget": SavedView.objects.get().pk})

        assert answer.status_code == 404
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
