"""The inbox: what a person sees of an arrival, and what they can do with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.inbox import a_file, an_arrival, an_unreadable

from concilia.claims.models import Claim
from concilia.documents.models import Correction
from concilia.identity.models import SavedView
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival
from concilia.receivables.models import Delivery

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def customer():
    return a_customer(an_entity(), "Grossmarkt Lindner GmbH")


@pytest.fixture
def clerk(client, customer):
    member = a_member(customer.entity)
    client.force_login(member.user, backend=BACKEND)
    return client


def page(arrival, **query):
    return reverse("desk:arrival", args=[arrival.pk], query=query)


def correct(clerk, arrival, field, value="", index=0, **more):
    data = {"field": field, "value": value, "index": index, "act": "save"} | more
    return clerk.post(reverse("desk:arrival-correct", args=[arrival.pk]), data)


def act(clerk, arrival, name, **more):
    return clerk.post(reverse("desk:arrival-act", args=[arrival.pk]), {"act": name} | more)


class TestList:
    def test_a_list_of_an_account_offers_no_button_that_would_load_it(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer), kind="bank_statement")
        assert "Load the statement" in clerk.get(page(arrival)).text
        Arrival.objects.filter(pk=arrival.pk).update(state="WAITING", outcome="no_bank_file")
        text = clerk.get(page(arrival)).text
        assert "Load the statement" not in text
        assert "ask for camt.053 or MT940" in text

    def test_says_who_what_how_much_and_how_many_values_are_unsure(self, clerk, customer):
        an_arrival(customer, an_invoice(customer), reason_confidence=0.6)
        text = clerk.get("/inbox/").text
        for said in ("Grossmarkt Lindner GmbH", "Belastungsanzeige BA-4471", "Debit note"):
            assert said in text
        assert "259.20\u00a0EUR" in text
        assert "1 unsure" in text

    def test_views_part_what_waits_from_the_rest(self, clerk, customer):
        an_arrival(customer, an_invoice(customer))
        an_unreadable(customer.entity)
        nothing = a_file(customer.entity, "news.txt", b"news", kind="other")
        Arrival.objects.filter(pk=nothing.pk).update(state="NOTHING_TO_DO", outcome="newsletter")
        assert "scan.pdf" not in clerk.get("/inbox/").text
        assert "scan.pdf" in clerk.get("/inbox/?view=failed").text
        assert "A newsletter, opens nothing" in clerk.get("/inbox/?view=nothing").text
        everything = clerk.get("/inbox/?view=all").text
        assert everything.count("data-row") == 3

    def test_is_narrowed_by_words_channel_and_kind(self, clerk, customer):
        an_arrival(customer, an_invoice(customer))
        a_file(
            customer.entity, "avis.csv", b"a;b\n1;2\n3;4\n", kind="remittance_advice", format="csv"
        )
        assert clerk.get("/inbox/?q=lindner").text.count("data-row") == 1
        assert clerk.get("/inbox/?channel=upload").text.count("data-row") == 1
        assert clerk.get("/inbox/?kind=remittance_advice").text.count("data-row") == 1
        assert "Nothing fits" in clerk.get("/inbox/?q=zzz").text

    def test_costs_the_same_number_of_queries_for_three_and_for_thirty(
        self, clerk, customer, django_assert_num_queries
    ):
        def fill(count):
            for n in range(Arrival.objects.count(), count):
                at = NOON + timedelta(minutes=n)
                an_arrival(customer, an_invoice(customer), subject=f"Nr. {n}", at=at)
            clerk.get("/inbox/")  # the original that stands open has been drawn

        fill(3)
        with CaptureQueriesContext(connection) as captured:
            clerk.get("/inbox/")
            few = len(captured)
        fill(30)
        with django_assert_num_queries(few):
            clerk.get("/inbox/")
        assert few <= 40

    def test_looks_again_while_something_is_being_read_and_only_then(self, clerk, customer):
        entity = customer.entity_id
        incoming = Incoming(channel="upload", filename="new.txt", content=b"12 Kartons fehlen")
        new = receive(entity_id=entity, incoming=incoming, at=timezone.now())
        page = clerk.get(reverse("desk:inbox"))
        seen = page.context["reading"]

        assert seen == str(new.pk)
        assert "every 2s" in page.content.decode()
        assert clerk.get(reverse("desk:inbox"), {"seen": seen}).status_code == 204
        Arrival.objects.filter(pk=new.pk).update(state="WAITING")
        after = clerk.get(reverse("desk:inbox"), {"seen": seen})
        assert after.status_code == 200
        assert "every 2s" not in after.content.decode()

    def test_empty_it_teaches(self, clerk):
        assert "Nothing to look at" in clerk.get("/inbox/").text

    def test_shows_nothing_of_another_creditor(self, clerk, customer):
        stranger = a_customer(an_entity("other"), "Fremder Kunde")
        foreign = an_arrival(stranger, an_invoice(stranger))
        assert "Fremder Kunde" not in clerk.get("/inbox/?view=all").text
        for name in ("arrival", "arrival-file"):
            assert clerk.get(reverse(f"desk:{name}", args=[foreign.pk])).status_code == 404
        assert act(clerk, foreign, "open").status_code == 404
        assert correct(clerk, foreign, "reason", "NC-02").status_code == 404
        for name in ("document", "document-file"):
            address = reverse(f"desk:{name}", args=[foreign.document_id])
            assert clerk.get(address).status_code == 404

    def test_a_view_is_kept_under_a_name_and_dropped(self, clerk, client, customer):
        clerk.post("/inbox/views/?view=all&kind=debit_note", {"name": "Debit notes"})
        view = SavedView.objects.get()
        assert view.query == "view=all&kind=debit_note"
        assert "Debit notes" in clerk.get("/inbox/").text
        clerk.post(reverse("desk:inbox-view-drop", args=[view.pk]))
        assert not SavedView.objects.exists()
        assert "Give the view a name." in clerk.post("/inbox/views/", follow=True).text

    def test_as_csv_runs_no_formula(self, clerk, customer):
        an_arrival(customer, an_invoice(customer), subject="=HYPERLINK(1)")
        answer = clerk.get("/inbox/export/")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in text
        assert ",259.20,EUR," in text


class TestReading:
    def test_ticks_what_our_records_confirm(self, clerk, customer):
        invoice = an_invoice(customer)
        text = clerk.get(page(an_arrival(customer, invoice))).text
        assert "known sender" in text
        assert text.count("found in our records") >= 3
        assert "= 12 × 21.60" in text
        assert "all sure" in text

    def test_a_mistyped_order_comes_with_the_right_one(self, clerk, customer):
        invoice = an_invoice(customer)
        order = invoice.order.customer_order_number
        wrong = order[:-1] + ("7" if order[-1] != "7" else "8")
        arrival = an_arrival(
            customer,
            invoice,
            references={"invoice": [invoice.number], "order": [wrong], "claim": []},
        )
        text = clerk.get(page(arrival)).text
        assert "No such order." in text
        assert f"Use {order}" in text
        correct(clerk, arrival, "references.order", wrong, act="take", likely=order)
        arrival.document.refresh_from_db()
        assert arrival.document.values["references"]["order"] == [order]
        again = clerk.get(page(arrival)).text
        assert "Giulia Ferri" in again
        assert "No such order." not in again

    def test_a_number_without_its_letters_is_found(self, clerk, customer):
        invoice = an_invoice(customer)
        Delivery.objects.update(number="DDT 5187", number_key="DDT5187")
        references = {"invoice": [], "order": [], "delivery": ["5187"], "claim": []}
        arrival = an_arrival(customer, invoice, references=references)
        text = clerk.get(page(arrival)).text
        assert "No such delivery." not in text
        assert "unsure" not in text
        assert invoice.number in text

    def test_the_end_of_an_invoice_number_is_enough_to_propose_it(self, clerk, customer):
        invoice = an_invoice(customer)
        end = invoice.number[-5:]
        references = {"invoice": [end], "order": [], "delivery": [], "claim": []}
        text = clerk.get(page(an_arrival(customer, invoice, references=references))).text
        assert f"Use {invoice.number}" in text

    def test_a_remittance_without_a_total_asks_for_it(self, clerk, customer):
        arrival = a_file(
            customer.entity, "a.csv", b"x;y\n1;2\n3;4\n", kind="remittance_advice", currency="EUR"
        )
        assert "It names no total: write what was paid." in clerk.get(page(arrival)).text
        correct(clerk, arrival, "total_amount", "1.234,50")
        assert "1,234.50\u00a0EUR" in clerk.get(page(arrival)).text

    def test_a_value_kept_as_read_is_not_asked_about_again(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer), reason_confidence=0.5)
        assert "The reader is not sure why." in clerk.get(page(arrival)).text
        correct(clerk, arrival, "reason", "NC-01", act="keep")
        assert "The reader is not sure why." not in clerk.get(page(arrival)).text
        kept = Correction.objects.get()
        assert (kept.before, kept.after) == ("NC-01", "NC-01")

    def test_another_reason_is_one_click_away(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer), reason_confidence=0.5)
        correct(clerk, arrival, "reason", "NC-01", act="pick:NC-02")
        arrival.document.refresh_from_db()
        assert arrival.document.reason == "NC-02"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("reason", "XX-99"),
            ("kind", "poem"),
            ("claimed_amount", "many"),
            ("currency", "EURO"),
            ("password", "x"),
        ],
    )
    def test_what_cannot_be_is_refused_at_the_field_and_kept(self, clerk, customer, field, value):
        arrival = an_arrival(customer, an_invoice(customer))
        answer = correct(clerk, arrival, field, value)
        assert answer.status_code == 422
        assert not Correction.objects.exists()

    def test_a_refused_amount_stays_where_it_was_typed(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer))
        answer = correct(clerk, arrival, "claimed_amount", "259,2x")
        assert 'value="259,2x"' in answer.text

    def test_customer_and_invoice_are_chosen_by_search(self, clerk, customer):
        other = a_customer(customer.entity, "Kornhaus Bio GmbH")
        invoice = an_invoice(other)
        arrival = an_arrival(customer, None)
        assert "Kornhaus Bio GmbH" in clerk.get(page(arrival, edit="customer:0", find="kornh")).text
        clerk.post(
            reverse("desk:arrival-correct", args=[arrival.pk]),
            {"field": "customer", "customer": other.pk},
        )
        found = clerk.get(page(arrival, edit="references.invoice:0", find=invoice.number[:9])).text
        assert f"pick:{invoice.number}" in found
        correct(clerk, arrival, "references.invoice", "", act=f"pick:{invoice.number}")
        act(clerk, arrival, "open")
        claim = Claim.objects.get()
        assert (claim.customer, claim.invoice) == (other, invoice)

    def test_a_number_of_another_customer_is_named(self, clerk, customer):
        stranger = a_customer(customer.entity, "Maison Dorval SAS", country="FR")
        arrival = an_arrival(customer, an_invoice(stranger))
        assert "This is a number of Maison Dorval SAS." in clerk.get(page(arrival)).text

    def test_says_when_the_claim_may_be_here_already(self, clerk, customer):
        invoice = an_invoice(customer)
        first = an_arrival(customer, invoice)
        act(clerk, first, "open")
        references = {
            "invoice": [invoice.number],
            "order": [],
            "claim": [Claim.objects.get().their_reference],
        }
        second = an_arrival(customer, invoice, subject="Erinnerung", references=references)
        text = clerk.get(page(second)).text
        assert "The same claim may be here already." in text
        assert "twin found" in text


class TestActs:
    def test_confirm_opens_the_claim_and_goes_on_with_the_next(self, clerk, customer):
        older = an_arrival(customer, an_invoice(customer), subject="first")
        newer = an_arrival(
            customer, an_invoice(customer), subject="second", at=NOON + timedelta(hours=1)
        )
        answer = act(clerk, newer, "open")
        assert answer.url == page(older)
        claim = Claim.objects.get()
        assert claim.reason_is_confirmed
        newer.refresh_from_db()
        assert (newer.state, newer.outcome) == ("DONE", "claim_opened")
        text = clerk.get(page(newer)).text
        assert claim.case.number in text
        assert "Confirm and open the claim" not in text

    def test_what_lacks_a_reason_is_refused_with_a_sentence(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer), reason=None, reason_confidence=None)
        answer = act(clerk, arrival, "open")
        assert answer.status_code == 409
        assert "Say why they claim it." in answer.text

    def test_set_aside_can_be_taken_back(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer))
        act(clerk, arrival, "aside", outcome="no_claim")
        arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("NOTHING_TO_DO", "no_claim")
        clerk.post(reverse("desk:arrival-undo", args=[arrival.pk]))
        arrival.refresh_from_db()
        assert arrival.state == "WAITING"

    def test_a_paper_is_put_beside_a_claim(self, clerk, customer):
        act(clerk, an_arrival(customer, an_invoice(customer)), "open")
        claim = Claim.objects.get()
        paper = a_file(
            customer.entity, "pod.txt", b"received 92", kind="proof_of_delivery", format="txt"
        )
        number = claim.case.number
        assert number in clerk.get(page(paper, edit="case:0", find=number)).text
        act(clerk, paper, "file", claim=claim.pk)
        paper.refresh_from_db()
        assert (paper.state, paper.outcome) == ("DONE", "evidence")
        assert claim.case.number in clerk.get(page(paper)).text

    def test_unknown_acts_and_claims_are_refused(self, clerk, customer):
        arrival = an_arrival(customer, an_invoice(customer))
        assert act(clerk, arrival, "explode").status_code == 409
        assert act(clerk, arrival, "file", claim="9" * 30).status_code == 409
        assert act(clerk, arrival, "aside", outcome="because").status_code == 409

    def test_other_papers_are_confirmed_and_go_their_way(self, clerk, customer):
        arrival = a_file(
            customer.entity,
            "avis.csv",
            b"x;y\n1;2\n3;4\n",
            kind="remittance_advice",
            format="csv",
            needs_review=True,
        )
        assert "Keep as remittance" in clerk.get(page(arrival)).text
        act(clerk, arrival, "confirm")
        arrival.refresh_from_db()
        assert arrival.outcome == "confirmed"
        assert not arrival.document.needs_review

    def test_batch_opens_only_the_sure_ones(self, clerk, customer):
        sure = an_arrival(customer, an_invoice(customer))
        unsure = an_arrival(customer, an_invoice(customer), reason_confidence=0.4, subject="x")
        clerk.post("/inbox/batch/", {"act": "open", "rows": [sure.pk, unsure.pk, "nonsense"]})
        assert Claim.objects.get().document_id == sure.document_id

    def test_batch_sets_aside(self, clerk, customer):
        rows = [an_arrival(customer, an_invoice(customer), subject=str(n)).pk for n in range(3)]
        clerk.post("/inbox/batch/", {"act": "aside", "rows": rows})
        assert Arrival.objects.filter(state="NOTHING_TO_DO", outcome="no_claim").count() == 3

    def test_an_auditor_reads_and_does_nothing(self, client, customer):
        arrival = an_arrival(customer, an_invoice(customer))
        member = a_member(customer.entity, "Ada Audit", role="auditor")
        client.force_login(member.user, backend=BACKEND)
        text = client.get(page(arrival)).text
        assert "Confirm and open the claim" not in text
        assert "data-select" not in text
        assert act(client, arrival, "open").status_code == 403
        assert correct(client, arrival, "reason", "NC-02").status_code == 403


class TestUpload:
    def test_takes_in_any_file_and_says_so_in_the_list(self, clerk):
        files = SimpleUploadedFile("avis.csv", b"a;b\n1;2\n")
        answer = clerk.post("/inbox/upload/", {"file": files}, headers={"HX-Request": "true"})
        assert "being read" in answer.text
        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.state) == ("upload", "RECEIVED")
        assert "It is being read" in clerk.get(page(arrival)).text

    def test_the_same_file_twice_is_told(self, clerk):
        for status in (200, 409):
            file = SimpleUploadedFile("avis.csv", b"a;b\n1;2\n")
            answer = clerk.post("/inbox/upload/", {"file": file}, headers={"HX-Request": "true"})
            assert answer.status_code == status
        assert "already" in answer.headers["X-Reason"]

    def test_an_empty_file_is_refused_in_words(self, clerk):
        file = SimpleUploadedFile("void.pdf", b"")
        answer = clerk.post("/inbox/upload/", {"file": file}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "empty" in answer.headers["X-Reason"]

    def test_several_files_without_script(self, clerk):
        files = [SimpleUploadedFile(f"{n}.txt", b"text %d" % n) for n in range(3)]
        assert clerk.post("/inbox/upload/", {"file": files}).url == "/inbox/"
        assert Arrival.objects.count() == 3
