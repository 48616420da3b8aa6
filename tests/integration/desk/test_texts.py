"""The pages of texts and letters: who may, what they show, what they refuse."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.letters import a_letter

from concilia.correspondence.core.figures import Language
from concilia.dunning.actions import write_text
from concilia.dunning.core.texts import Key, Way, Wording, ways_of, wording_of
from concilia.dunning.models import Letter, OwnText
from concilia.identity.actions import issue_token

pytestmark = pytest.mark.django_db
PLACE = (Key.REMINDER, Way.EMAIL, Language.EN)
OURS = wording_of(*PLACE)


@pytest.fixture
def company():
    entity = an_entity("aurora")
    entity.sara = a_member(entity, "Sara Costa", role="admin")
    entity.luca = a_member(entity, "Luca Neri", role="admin")
    entity.clerk = a_member(entity, "Giulia Ferri")
    entity.customer = a_customer(entity, "Forno Rossi", country="IT", language="it")
    return entity


def enter(client, member):
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")


def at(name, place=PLACE):
    return reverse(f"desk:{name}", args=[str(one) for one in place])


class TestTexts:
    def test_every_text_has_a_page_that_shows_it(self, company, client):
        enter(client, company.sara)
        for way in Way:
            page = client.get(reverse("desk:texts"), {"way": way})
            assert page.status_code == 200
        for key in Key:
            way = ways_of(key)[0]
            page = client.get(at("text", (key, way, Language.DE)))
            assert page.status_code == 200
            assert "So liest es sich" in page.text or "How it reads" in page.text

    def test_words_as_typed_are_checked_and_shown(self, company, client):
        enter(client, company.sara)
        sent = {"subject": "Your debt", "body": OURS.body, "customer": company.customer.pk}
        page = client.post(at("text-preview"), sent)
        assert "E5" in page.text
        assert "blames the customer" in page.text
        unread = client.post(at("text-preview"), {"subject": "x", "body": "{nobody} <b>"})
        assert "{nobody}" in unread.text
        hostile = client.post(at("text-preview"), {"subject": "x", "body": "<script>x</script>"})
        assert "<script>x" not in hostile.text

    def test_one_writes_and_another_puts_it_in_force(self, company, client):
        enter(client, company.sara)
        sent = {"act": "save", "subject": "News of {invoices}", "body": OURS.body}
        assert client.post(at("text-act"), sent).status_code == 302
        draft = OwnText.objects.get()
        publish = {"act": "publish", "text": draft.pk, "sha256": draft.sha256}

        refused = client.post(at("text-act"), publish)
        assert "somebody else" in refused.text

        enter(client, company.luca)
        assert client.post(at("text-act"), publish).status_code == 302
        draft.refresh_from_db()
        assert draft.state == "PUBLISHED"
        assert client.post(at("text-act"), {"act": "drop", "text": draft.pk}).status_code == 302

    def test_what_was_typed_stays_when_it_is_refused(self, company, client):
        enter(client, company.sara)
        sent = {"act": "save", "subject": "Hello", "body": OURS.body + "\n\nThanks, deadbeat."}
        page = client.post(at("text-act"), sent)
        assert "Thanks, deadbeat." in page.text
        assert not OwnText.objects.exists()

    def test_only_administrators_come_in_and_no_other_address_breaks(self, company, client):
        enter(client, company.clerk)
        assert client.get(reverse("desk:texts")).status_code == 403
        enter(client, company.sara)
        for place in (("x", "email", "en"), ("reminder", "x", "en"), ("reminder", "email", "x")):
            assert client.get(at("text", place)).status_code == 404
        assert client.get(at("text", ("condolence", "sms", "en"))).status_code == 404
        odd = {"act": "publish", "text": "9" * 40}
        assert client.post(at("text-act"), odd).status_code == 200


class TestLetters:
    def test_from_the_queue_to_the_proof(self, company, client):
        letter = a_letter(company.customer, company.clerk)
        enter(client, company.clerk)
        page = reverse("desk:letters")
        assert letter.subject in client.get(page).text

        made = client.post(reverse("desk:letters-print"), {"letter": [letter.pk]})
        assert made["Content-Type"] == "application/pdf"
        assert made.content.startswith(b"%PDF-")
        act = reverse("desk:letter-act", args=[letter.pk])
        client.post(act, {"act": "post", "day": TODAY.isoformat(), "number": "RA 1234"})
        assert "RA 1234" in client.get(page, {"show": "posted"}).text
        proof = SimpleUploadedFile("ar.pdf", b"%PDF-1.7 proof")
        client.post(act, {"act": "prove", "day": TODAY.isoformat(), "file": proof})

        kept = client.get(reverse("desk:letter-proof", args=[letter.pk]))
        assert kept.content == b"%PDF-1.7 proof"
        again = client.get(reverse("desk:letter-pdf", args=[letter.pk]))
        assert again.content == made.content

    def test_what_cannot_be_is_said_in_a_sentence(self, company, client):
        letter = a_letter(company.customer, company.clerk)
        enter(client, company.clerk)
        act = reverse("desk:letter-act", args=[letter.pk])
        for sent in (
            {"act": "post", "day": "yesterday"},
            {"act": "post", "day": TODAY.isoformat()},
            {"act": "prove", "day": TODAY.isoformat()},
            {"act": "nonsense"},
            {},
        ):
            assert client.post(act, sent, follow=True).status_code == 200
        assert Letter.objects.get().state == "WAITING"
        assert client.post(reverse("desk:letters-print"), {"letter": "x"}).status_code == 302

    def test_another_companys_letters_are_not_there(self, company, client):
        letter = a_letter(company.customer, company.clerk)
        enter(client, a_member(an_entity("other"), "Ugo Rossi"))
        assert letter.subject not in client.get(reverse("desk:letters")).text
        for name in ("letter-pdf", "letter-proof"):
            assert client.get(reverse(f"desk:{name}", args=[letter.pk])).status_code == 404
        act = reverse("desk:letter-act", args=[letter.pk])
        assert client.post(act, {"act": "out", "why": "x"}).status_code == 404

    def test_the_head_of_letters_is_an_administrators(self, company, client):
        enter(client, company.clerk)
        assert client.post(reverse("desk:letterhead"), {}).status_code == 403
        enter(client, company.sara)
        sent = {"address": "Via 1\nTorino", "iban": "it60 x054 2811 1010 0000 0123 456"}
        client.post(reverse("desk:letterhead"), sent)
        assert "IT60X0542811101000000123456" in client.get(reverse("desk:letters")).text


def test_programs_read_texts_in_force_and_letters(company, client):
    draft = write_text(
        place=PLACE, wording=Wording("News", OURS.body), member=company.sara, at=NOON
    )
    OwnText.objects.filter(pk=draft.pk).update(
        state="PUBLISHED", published_by=company.luca, published_at=NOON
    )
    letter = a_letter(company.customer, company.clerk)
    _token, secret = issue_token(
        member_id=company.clerk.pk, name="t", scopes=["collections:read"], by=company.sara, at=NOON
    )
    headers = {"Authorization": f"Bearer {secret}"}
    asked = {"key": "reminder", "way": "email"}

    texts = client.get("/api/v1/collections/texts", asked, headers=headers).json()
    letters = client.get("/api/v1/collections/letters", headers=headers).json()["items"]

    assert {one["language"] for one in texts if not one["own"]} == {"it", "fr", "es", "de"}
    assert [one["subject"] for one in texts if one["own"]] == ["News"]
    assert [(one["id"], one["state"]) for one in letters] == [(letter.pk, "WAITING")]
