"""One claim on the desk: what it shows, to whom."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claim_board import a_board
from tests.world.claim_page import at, enter, text
from tests.world.claims import an_amount_claim

from concilia.cases.models import CaseDocument
from concilia.claims.actions import compute_verdict
from concilia.claims.models import StoredVerdict
from concilia.claims.queries.dossier import newest_mark

pytestmark = pytest.mark.django_db


class TestWhatItShows:
    def test_everything_of_a_real_claim(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        response = client.get(at("claim", board["main"]))
        page = text(response)

        assert "Shortage noted at delivery and 2 more" in page
        assert "Partly valid: 550.80 of 716.40" in page
        assert "12 × 21.60" in page
        assert "8 × 21.60" in page
        assert "Not in the contract: Contract 2026, art. 9" in page
        assert "zwölf Kartons Penne" in page
        assert "mancano 8 colli penne" in page
        assert "Marta Conti" in page
        assert "550.80 of 2,500.00" in page
        assert "Usually pays" in page
        panel = response.context["money"]
        assert [(part.kind, part.minor) for part in panel.buckets] == [
            ("paid", 822_960),
            ("good", 55_080),
            ("bad", 16_560),
            ("open", 0),
            ("none", 0),
        ]
        assert sum(part.minor for part in panel.buckets) == panel.total == 894_600

    def test_all_prices_we_agreed_on_are_one_card(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        response = client.get(at("claim", board["main"]))

        cards = response.context["papers"].cards
        assert [card.id for card in cards].count("ev-prices") <= 1
        assert not [card for card in cards if card.id.startswith("ev-price-")]
        known = {ref for card in cards for ref in card.refs}
        facts = response.context["dossier"].facts
        assert {one.ref for one in facts.evidence} <= known

    def test_nothing_is_chosen_where_nothing_is_found_valid(self, client, world):
        _, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 4_810, "NC-12", an_invoice(customer))
        enter(client, team["giulia"])

        panel = client.get(at("claim", claim)).context["decision"]

        assert panel.choice is None
        assert not any(choice["checked"] for choice in panel.choices)
        answer = client.post(at("claim-decide", claim), {"act": "send"})
        assert answer.status_code == 422
        assert not claim.decisions.exists()

    def test_who_changed_it_meanwhile_is_said_to_the_others_only(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        seen = client.get(at("claim", proposed)).context["seen"]
        news = f"{at('claim-news', proposed)}?seen={seen}"
        assert client.get(news).status_code == 204

        client.post(at("claim-say", proposed), {"text": "Four cartons are missing."})

        assert client.get(news).status_code == 204
        enter(client, team["marco"])
        assert "Giulia Ferri changed this." in text(client.get(news))
        assert client.get(f"{at('claim-news', proposed)}?seen=x").status_code == 204

    def test_every_state_can_be_looked_at_by_every_role(self, client):
        board = a_board()
        auditor = a_member(board.entity, "Rita Sala", role="auditor")
        for member in (*board.team.values(), auditor):
            enter(client, member)
            for claim in board.claims.values():
                assert client.get(at("claim", claim)).status_code == 200, claim.state

    def test_as_many_statements_however_much_hangs_on_it(
        self, client, world, proposed, django_assert_max_num_queries
    ):
        _, _, team = world
        enter(client, team["giulia"])
        client.get(at("claim", proposed))
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(75) as asked:
                client.get(at("claim", proposed))
            counts.append(len(asked))
            for n in range(10):
                client.post(at("claim-say", proposed), {"text": f"Note {n}"})
                document = SimpleUploadedFile(f"p{n}.txt", f"paper {n}".encode())
                client.post(at("claim-paper", proposed), {"kind": "COR", "file": document})

        assert CaseDocument.objects.filter(case=proposed.case_id).count() > 5
        assert counts[0] == counts[1]

    def test_a_page_that_waits_for_the_worker_looks_again_until_there_is_something_new(
        self, client, world, proposed
    ):
        _, _, team = world
        enter(client, team["marco"])
        assert "every 1s" not in text(client.get(at("claim", proposed)))
        paper = SimpleUploadedFile("photo.txt", b"a photo")
        client.post(at("claim-paper", proposed), {"kind": "PHO", "file": paper})

        page = text(client.get(at("claim", proposed)))
        again = at("claim", proposed) + re.search(r"\?seen=[^\"]+asked=[^\"]+", page)[0]
        waiting = client.get(again)
        compute_verdict(claim_id=proposed.pk, at=timezone.now())
        fresh = client.get(again)

        assert "being judged now" in page
        assert (waiting.status_code, waiting.content) == (204, b"")
        assert fresh.status_code == 200
        assert "every 1s" not in text(fresh)

    def test_nobody_waits_for_ever(self, client, world, proposed):
        _, _, team = world
        enter(client, team["marco"])
        seen = newest_mark(entity_id=proposed.entity_id, claim_id=proposed.pk)

        assert client.get(at("claim", proposed), {"seen": seen, "asked": "1"}).status_code == 200
        assert client.get(at("claim", proposed), {"seen": seen, "asked": "x"}).status_code == 200

    def test_the_verdict_is_judged_again_to_the_same_result(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        part = client.get(at("claim-replay", proposed), headers={"HX-Request": "true"})
        assert "same result, to the cent (rule shortage v1" in text(part)
        assert "same result" in text(client.get(at("claim-replay", proposed)))

    def test_a_changed_verdict_does_not_replay(self, client, world, proposed):
        _, _, team = world
        stored = StoredVerdict.objects.latest("pk")
        stored.facts["deliveries"][0]["lines"][0]["received"] = "99"
        stored.save()
        enter(client, team["giulia"])

        part = client.get(at("claim-replay", proposed), headers={"HX-Request": "true"})
        assert "another result" in text(part)

    def test_a_record_behind_the_verdict(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])

        for kind, key in (
            ("invoice", proposed.invoice_id),
            ("delivery", proposed.delivery_id),
            ("order", proposed.order_id),
        ):
            page = text(client.get(at("claim-record", proposed, kind, key)))
            assert "PEN-500" in page
        assert client.get(at("claim-record", proposed, "user", 1)).status_code == 404
        assert client.get(at("claim-record", proposed, "invoice", 10**9)).status_code == 404

    def test_records_of_another_company_do_not_exist(self, client, world, proposed):
        other = an_entity("other")
        theirs = an_invoice(a_customer(other))
        _, _, team = world
        enter(client, team["giulia"])

        assert client.get(at("claim-record", proposed, "invoice", theirs.pk)).status_code == 404

    def test_strangers_words_are_only_words(self, client, world, proposed):
        _, _, team = world
        enter(client, team["giulia"])
        client.post(at("claim-say", proposed), {"text": "<script>alert(1)</script>"})

        assert "<script>alert(1)</script>" not in client.get(at("claim", proposed)).content.decode()

    def test_the_conversation_by_lane(self, client):
        board = a_board()
        enter(client, board.team["giulia"])

        inside = text(client.get(at("claim", board["main"]), {"lane": "internal"}))
        assert "riserva per 8 colli" in inside
        assert "zwölf Kartons Penne fehlen" not in inside
