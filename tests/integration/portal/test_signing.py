"""Who may sign does so from the mail they got, under the same rules as at the desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import a_member
from tests.world.claims import a_proven_shortage, an_amount_claim, books_hold, propose
from tests.world.links import form, path_of

from concilia.cases.actions.link_signing import SigningRefused, set_sign_by_link
from concilia.cases.core.link_signing import SignByLink, read_setting
from concilia.cases.models import ActionLink, ApprovalSeat
from concilia.cases.queries.office import today_of
from concilia.claims.actions import Paper, add_evidence, add_note
from concilia.claims.core.decisions import Choice
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(customer, team):
    claim = a_proven_shortage(customer, team)
    add_note(
        claim_id=claim.pk,
        text="Between us: they always say so.",
        files=(),
        member=team["giulia"],
        at=timezone.now(),
    )
    propose(claim, team["giulia"], reason="The driver signed for it.", at=timezone.now())
    claim.refresh_from_db()
    return claim


@pytest.fixture
def link(claim):
    return ActionLink.objects.get(purpose="sign")


def written(response):
    return " ".join(response.content.decode().split())


class TestPage:
    def test_says_what_why_how_much_and_by_whom_but_nothing_internal(self, client, link, claim):
        page = written(client.get(path_of(link)))

        for said in (claim.case.number, "Frischmarkt Nord eG", "Giulia Ferri", "Evidence"):
            assert said in page
        assert "The driver signed for it." in page
        assert "Between us" not in page

    def test_the_mail_went_to_the_next_signer_and_holds_no_token(self, link, claim):
        mail = Message.objects.get(pk=link.mails.get().message_id)

        assert mail.recipient == link.member.user.email
        assert "/a/…" in mail.body
        assert path_of(link) not in mail.body
        assert claim.case.number in mail.subject

    def test_papers_are_drawn_for_who_is_asked_and_for_nobody_after(self, client, link, claim):
        paper = claim.case.documents.first()
        path = f"{path_of(link)}/paper/{paper.pk}"

        assert client.get(path).status_code == 200
        assert client.get(f"{path_of(link)}/paper/{paper.pk + 999}").status_code == 404
        client.post(path_of(link), form(link, outcome="APPROVE"))
        assert client.get(path).status_code == 404


class TestSigning:
    def test_approving_decides_the_claim_and_the_log_says_by_link(self, client, link, claim):
        sent = client.post(path_of(link), form(link, outcome="APPROVE", words="Clear."))
        claim.refresh_from_db()

        assert sent.status_code == 303
        assert claim.decided_at is not None
        entry = AuditEntry.objects.get(act="decision.signed")
        assert (entry.data["link"], entry.data["outcome"]) == (link.pk, "APPROVE")
        assert entry.actor_name == link.member.user.name
        assert "Signed" in written(client.get(path_of(link)))
        books_hold(claim.entity)

    @pytest.mark.parametrize("outcome", ["RETURN", "REJECT"])
    def test_sending_back_needs_a_word_and_nothing_is_booked(self, client, link, claim, outcome):
        wordless = client.post(path_of(link), form(link, outcome=outcome))
        sent = client.post(path_of(link), form(link, outcome=outcome, words="Which driver?"))
        claim.refresh_from_db()

        assert (wordless.status_code, sent.status_code) == (422, 303)
        assert "Say why, or what you ask." in written(wordless)
        assert claim.decided_at is None
        assert claim.state != "IN_APPROVAL"

    def test_nothing_is_chosen_beforehand(self, client, link, claim):
        page = written(client.get(path_of(link)))

        assert " checked" not in page
        assert client.post(path_of(link), form(link)).status_code == 422
        assert client.post(path_of(link), form(link, outcome="DELEGATE")).status_code == 422
        assert ActionLink.objects.get(pk=link.pk).state == "OPEN"

    def test_who_lost_the_right_to_sign_is_refused_as_at_the_desk(self, client, link, claim):
        link.member.level = 0
        link.member.save()
        refused = client.post(path_of(link), form(link, outcome="APPROVE"))

        assert refused.status_code == 422
        assert ActionLink.objects.get(pk=link.pk).state == "OPEN"
        assert not ApprovalSeat.objects.exclude(signed_by=None).exists()

    def test_who_is_away_is_refused_as_at_the_desk(self, client, link, claim, team):
        today = today_of(claim.entity, timezone.now())
        Absence.objects.create(
            entity=claim.entity,
            member=link.member,
            delegate=team["carla"],
            starts_date=today,
            ends_date=today,
        )

        assert client.post(path_of(link), form(link, outcome="APPROVE")).status_code == 422
        assert ActionLink.objects.get(pk=link.pk).state == "OPEN"

    def test_who_asked_cannot_sign_though_the_mail_was_passed_on(self, client, link, team):
        client.force_login(team["giulia"].user)

        assert client.get(path_of(link)).status_code == 403
        assert client.post(path_of(link), form(link, outcome="APPROVE")).status_code == 403

    def test_a_changed_claim_ends_the_link(self, client, link, claim, team):
        paper = Paper(evidence="PHO", filename="new.txt", content=b"new", says="new")
        add_evidence(claim_id=claim.pk, paper=paper, member=team["giulia"], at=timezone.now())
        client.post(path_of(link), form(link, outcome="APPROVE"))
        claim.refresh_from_db()

        assert client.get(path_of(link)).status_code == 410
        assert claim.decided_at is None

    def test_the_next_signer_gets_a_link_after_the_first(self, client, customer, team):
        big = an_amount_claim(team["giulia"], customer, 400_000, "NC-05")
        propose(big, team["giulia"], Choice.ACCEPT_ALL, reason="They are right.", at=timezone.now())
        first = ActionLink.objects.get(purpose="sign")
        client.post(path_of(first), form(first, outcome="APPROVE"))
        second = ActionLink.objects.get(purpose="sign", state="OPEN")
        page = written(client.get(path_of(second)))

        assert second.member != first.member
        assert 'Signed before you</h2><p class="small">' in page
        assert first.member.user.name in page


class TestKeptToTheDesk:
    def test_no_mail_leaves_where_the_company_wants_signatures_at_the_desk(
        self, client, customer, team, entity
    ):
        allow(entity, SignByLink(is_on=False))
        claim = a_proven_shortage(customer, team)
        propose(claim, team["giulia"], at=timezone.now())

        assert not ActionLink.objects.filter(purpose="sign").exists()

    @pytest.mark.parametrize(
        ("wanted", "is_sent"),
        [
            (SignByLink(up_to_minor=17_280), True),
            (SignByLink(up_to_minor=17_279), False),
            (SignByLink(level_max=2), True),
            (SignByLink(level_max=1), False),
        ],
    )
    def test_up_to_an_amount_and_a_level(self, customer, team, entity, wanted, is_sent):
        allow(entity, wanted)
        claim = a_proven_shortage(customer, team)
        propose(claim, team["giulia"], at=timezone.now())

        assert ActionLink.objects.filter(purpose="sign").exists() is is_sent

    def test_a_link_that_is_out_signs_no_more(self, client, link, entity):
        allow(entity, SignByLink(up_to_minor=100))
        said = client.post(path_of(link), form(link, outcome="APPROVE"))

        assert said.status_code == 422
        assert "at the desk" in said.content.decode()
        link.refresh_from_db()
        assert link.state == "OPEN"
        assert not AuditEntry.objects.filter(act="decision.signed").exists()

    def test_an_administrator_sets_it_on_a_page(self, client, entity):
        admin = a_member(entity, "Sara Costa", role="admin")
        client.force_login(admin.user)
        page = reverse("desk:settings-links")
        refused = client.post(page, {"on": "1", "up_to": "much", "level_max": "6"})
        assert refused.status_code == 422
        assert 'value="much"' in refused.content.decode()
        assert client.post(page, {"on": "1", "up_to": "2.500", "level_max": "4"}).status_code == 302
        entity.refresh_from_db()
        assert read_setting(entity.settings["sign_by_link"]) == SignByLink(
            up_to_minor=250_000, level_max=4
        )
        shown = client.get(reverse("desk:settings") + "?section=links").content.decode()
        assert 'value="2,500.00"' in shown
        assert AuditEntry.objects.filter(act="links.signing_changed").count() == 1

    def test_nobody_else_sets_it(self, client, team):
        client.force_login(team["marta"].user)
        assert client.post(reverse("desk:settings-links"), {"level_max": "6"}).status_code == 403
        with pytest.raises(SigningRefused, match="administrator"):
            set_sign_by_link(wanted=SignByLink(), by=team["marta"], at=timezone.now())


def allow(entity, wanted):
    admin = a_member(entity, "Anna Berti", role="admin")
    set_sign_by_link(wanted=wanted, by=admin, at=timezone.now())
    entity.refresh_from_db()


def test_a_file_cannot_be_slipped_into_a_signature(client, link):
    file = SimpleUploadedFile("x.txt", b"x", "text/plain")
    client.post(path_of(link), form(link, outcome="APPROVE", files=[file]))

    assert link.papers.count() == 0
