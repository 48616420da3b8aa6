"""A real IMAP server: every mail arrives once, whatever happens to the worker or to the server."""

from __future__ import annotations

import itertools

import pytest
from tests.world.builders import NOON, a_member, an_entity
from tests.world.dovecot import PASSWORD, ImapServer
from tests.world.jobs import jobs_waiting
from tests.world.mails import a_mail

from concilia.foundation.blobs import read_blob
from concilia.identity.models import Entity
from concilia.intake.actions import (
    MailboxDraft,
    SourceRefused,
    connect_mailbox,
    disconnect_mailbox,
)
from concilia.intake.models import Arrival, Mailbox
from concilia.interfaces.worker import mailboxes
from concilia.interfaces.worker.mailboxes import poll_mailbox, poll_mailboxes

pytestmark = pytest.mark.django_db
_users = itertools.count(1)


@pytest.fixture
def entity() -> Entity:
    return an_entity()


@pytest.fixture
def user() -> str:
    return f"credit{next(_users)}"


def a_mailbox(entity: Entity, server: ImapServer, user: str, **changes) -> Mailbox:
    fields = {
        "host": server.host,
        "port": server.plain_port,
        "security": "none",
        "username": user,
        "password": PASSWORD,
    } | changes
    return connect_mailbox(draft=MailboxDraft(**fields), member=a_member(entity), at=NOON)


def poll(mailbox: Mailbox) -> Mailbox:
    poll_mailbox(mailbox_id=mailbox.pk, at=NOON)
    mailbox.refresh_from_db()
    return mailbox


class TestReceiving:
    def test_a_mail_is_kept_byte_for_byte(self, entity, imap, user):
        mail = a_mail(message_id="<1@frischmarkt.example>", body="Größe: 12 €\n")
        imap.deliver(user, mail)

        mailbox = poll(a_mailbox(entity, imap, user))

        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.entity, arrival.state) == ("mailbox", entity, "RECEIVED")
        assert read_blob(sha256=arrival.blob_id).replace(b"\r\n", b"\n") == mail
        assert (mailbox.last_uid, mailbox.error, mailbox.checked_at) == (1, "", NOON)

    def test_looking_again_takes_only_what_is_new(self, entity, imap, user):
        imap.deliver(user, a_mail(message_id="<1@x.example>"))
        mailbox = poll(a_mailbox(entity, imap, user))
        imap.deliver(user, a_mail(message_id="<2@x.example>"))

        poll(mailbox)
        poll(mailbox)

        assert sorted(Arrival.objects.values_list("seen", flat=True)) == [1, 1]

    def test_the_mailbox_is_left_as_it_was(self, entity, imap, user):
        imap.deliver(user, a_mail())

        poll(a_mailbox(entity, imap, user))

        assert imap.count(user) == 1
        assert imap.count(user, "S") == 0

    def test_a_worker_killed_before_the_position_moved_reads_nothing_twice(
        self, entity, imap, user
    ):
        imap.deliver(user, a_mail(message_id="<1@x.example>"))
        imap.deliver(user, a_mail(message_id="<2@x.example>"))
        mailbox = poll(a_mailbox(entity, imap, user))
        Mailbox.objects.filter(pk=mailbox.pk).update(last_uid=0)  # as it was at the kill

        poll(mailbox)

        assert Arrival.objects.count() == 2

    def test_the_same_mail_in_two_mailboxes_arrives_once(self, entity, imap, user):
        mail = a_mail(message_id="<1@x.example>")
        imap.deliver(user, b"Delivered-To: one@aurora.example\n" + mail)
        imap.deliver(f"{user}b", b"Delivered-To: two@aurora.example\n" + mail)

        poll(a_mailbox(entity, imap, user))
        poll(a_mailbox(entity, imap, f"{user}b"))

        assert Arrival.objects.get().seen == 2

    def test_a_server_that_numbers_anew_brings_nothing_twice_and_loses_nothing(
        self, entity, imap, user
    ):
        imap.deliver(user, a_mail(message_id="<1@x.example>"))
        mailbox = poll(a_mailbox(entity, imap, user))
        before = mailbox.uid_validity
        imap.renumber(user)
        imap.deliver(user, a_mail(message_id="<2@x.example>"))

        poll(mailbox)
        poll(mailbox)

        assert mailbox.uid_validity != before
        assert Arrival.objects.count() == 2

    def test_another_folder_than_the_inbox(self, entity, imap, user):
        imap.deliver(user, a_mail(), folder="Claims")

        poll(a_mailbox(entity, imap, user, folder="Claims"))

        assert Arrival.objects.count() == 1

    def test_many_mails_come_in_portions(self, entity, imap, user, monkeypatch):
        monkeypatch.setattr(mailboxes, "BATCH", 3)
        for n in range(5):
            imap.deliver(user, a_mail(message_id=f"<{n}@x.example>"))
        mailbox = poll(a_mailbox(entity, imap, user))

        assert Arrival.objects.count() == 3
        assert "concilia.poll_mailbox" in [name for name, _ in jobs_waiting()]

        poll(mailbox)

        assert Arrival.objects.count() == 5

    def test_an_empty_mail_is_left_out_and_does_not_stop_the_next(self, entity, imap, user):
        imap.deliver(user, b"")
        imap.deliver(user, a_mail())

        mailbox = poll(a_mailbox(entity, imap, user))

        assert Arrival.objects.count() == 1
        assert mailbox.error == "Message 1 was left out: mail-1.eml is empty."


class TestTrouble:
    def test_a_wrong_password_is_said_with_the_mailbox(self, entity, imap, user):
        mailbox = poll(a_mailbox(entity, imap, user, password="wrong"))

        assert "refused the log-in" in mailbox.error
        assert "wrong" not in mailbox.error
        assert mailbox.checked_at is None

    def test_a_server_that_is_away_is_said_and_asked_again(self, entity, imap, user):
        mailbox = poll(a_mailbox(entity, imap, user, port=1))
        assert "127.0.0.1:1 cannot be reached" in mailbox.error
        imap.deliver(user, a_mail())
        Mailbox.objects.update(port=imap.plain_port)

        poll(mailbox)

        assert (mailbox.error, Arrival.objects.count()) == ("", 1)

    def test_a_folder_that_is_not_there_is_said(self, entity, imap, user):
        mailbox = poll(a_mailbox(entity, imap, user, folder="Reklamationen"))

        assert mailbox.error == "There is no folder “Reklamationen” in this mailbox."

    def test_another_secret_key_asks_for_the_password_again(self, entity, imap, user, settings):
        mailbox = a_mailbox(entity, imap, user)
        settings.SECRET_KEY = "another-key-of-this-installation"

        poll(mailbox)

        assert "enter it again" in mailbox.error

    def test_a_server_without_encryption_gets_no_password_if_it_was_wanted(
        self, entity, imap, user
    ):
        mailbox = poll(a_mailbox(entity, imap, user, security="starttls"))

        assert mailbox.error
        assert Arrival.objects.count() == 0


class TestEncryption:
    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_a_server_that_proves_who_it_is_is_read(
        self, entity, secure_imap, certificate, user, security, monkeypatch
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        secure_imap.deliver(user, a_mail())
        port = secure_imap.tls_port if security == "tls" else secure_imap.plain_port

        mailbox = poll(
            a_mailbox(entity, secure_imap, user, host="localhost", port=port, security=security)
        )

        assert (mailbox.error, Arrival.objects.count()) == ("", 1)

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_one_that_does_not_gets_no_password(self, entity, secure_imap, user, security):
        port = secure_imap.tls_port if security == "tls" else secure_imap.plain_port

        mailbox = poll(
            a_mailbox(entity, secure_imap, user, host="localhost", port=port, security=security)
        )

        assert mailbox.error.startswith("localhost cannot prove who it is")
        assert Arrival.objects.count() == 0


class TestConnecting:
    def test_the_password_is_kept_encrypted(self, entity, imap, user):
        mailbox = a_mailbox(entity, imap, user)

        assert PASSWORD not in mailbox.secret

    def test_no_password_travels_in_the_clear(self, entity):
        draft = MailboxDraft(
            host="mail.example", username="credit", password="x", security="none", port=143
        )

        with pytest.raises(SourceRefused, match="choose TLS"):
            connect_mailbox(draft=draft, member=a_member(entity), at=NOON)

    def test_connected_again_it_goes_on_where_it_was(self, entity, imap, user):
        imap.deliver(user, a_mail())
        mailbox = poll(a_mailbox(entity, imap, user))
        disconnect_mailbox(mailbox_id=mailbox.pk, member=a_member(entity), at=NOON)

        again = a_mailbox(entity, imap, user)

        assert (again.pk, again.last_uid) == (mailbox.pk, 1)

    def test_a_disconnected_mailbox_is_not_read_and_its_password_forgotten(
        self, entity, imap, user
    ):
        imap.deliver(user, a_mail())
        mailbox = a_mailbox(entity, imap, user)
        disconnect_mailbox(mailbox_id=mailbox.pk, member=a_member(entity), at=NOON)

        poll(mailbox)

        assert (Arrival.objects.count(), mailbox.secret) == (0, "")

    def test_every_active_mailbox_is_looked_at_in_its_own_job(self, entity, imap, user):
        for name in (user, f"{user}b"):
            a_mailbox(entity, imap, name)
        before = len(jobs_waiting())

        poll_mailboxes(at=NOON)
        poll_mailboxes(at=NOON)

        assert len(jobs_waiting()) == before  # both wait since they were connected
