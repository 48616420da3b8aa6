"""Trying a model, and taking over what it proposes."""

from __future__ import annotations

import pytest
from tests.world.asking import (
    BODY,
    TRUE,
    a_letter,
)
from tests.world.builders import NOON, a_member, an_entity
from tests.world.model_server import Reply, saying

from concilia.documents.models import Correction, Document, ModelAccess, ModelMonth
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Membership
from concilia.intake.actions import (
    ArrivalRefused,
    ModelRefused,
    accept_proposed,
    correct_reading,
    undo_correction,
)
from concilia.intake.actions.asking import LETTER, try_model

pytestmark = pytest.mark.django_db


class TestTrying:
    def test_asks_about_a_letter_of_ours(self, on, model):
        model.will(
            saying(
                ("kind", "claim", "did not arrive"),
                ("claimed_amount", "43.20", "43.20 EUR"),
                ("references.invoice", "FT-2026/0001", "FT-2026/0001"),
                ("references.claim", "RC-77", "RC-77"),
            )
        )
        tried = try_model(by=on, at=NOON)

        assert (tried.found, tried.of, tried.model) == (4, 4, "marmotta-7b-q4")
        assert LETTER in model.last.document
        assert ModelMonth.objects.get().calls == 1

    def test_learns_that_a_server_takes_no_schema(self, on, model):
        model.will(Reply(status=400), saying())
        assert try_model(by=on, at=NOON).found == 0
        assert not ModelAccess.objects.get().takes_schema

    @pytest.mark.parametrize(
        "reply", [Reply(status=401), Reply(status=400), Reply(content="hello"), Reply(raw=b"x")]
    )
    def test_a_failure_is_a_sentence(self, on, model, reply):
        model.will(reply)
        with pytest.raises(ModelRefused):
            try_model(by=on, at=NOON)
        assert ModelAccess.objects.get().error


class TestAccepting:
    @pytest.fixture
    def document(self, take, on, model) -> Document:
        model.will(saying(*TRUE, ("promise.date", "2026-12-04", "4 dicembre")))
        return take(a_letter(BODY + "Il resto lo paghiamo il 4 dicembre.\n")).document

    @pytest.fixture
    def clerk(self, customer) -> Membership:
        return a_member(customer.entity)

    def accept(self, document, clerk, field) -> Document:
        return accept_proposed(document_id=document.pk, field=field, member=clerk, at=NOON)

    def test_is_a_correction_like_any_other(self, document, clerk):
        before = document.values["reason"]
        after = self.accept(document, clerk, "reason")

        correction = Correction.objects.get()
        assert (correction.field, correction.before, correction.after, correction.user) == (
            "reason",
            before,
            "NC-01",
            clerk.user,
        )
        assert correction.learned["answers"]["reason"] == "NC-01"
        assert (after.reason, "reason" in after.values["corrected"]) == ("NC-01", True)
        entry = AuditEntry.objects.filter(act="document.corrected").get()
        assert entry.data["proposed_by"] == "marmotta-7b-q4"
        undo_correction(correction_id=correction.pk, member=clerk, at=NOON)
        document.refresh_from_db()
        assert document.values["reason"] == before

    def test_a_promise(self, document, clerk):
        after = self.accept(document, clerk, "promise.date")
        assert after.values["promise"]["date"] == "2026-12-04"

    def test_what_both_read_is_confirmed(self, document, clerk):
        Document.objects.update(values=document.values | {"reason": "NC-01"})
        self.accept(document, clerk, "reason")

        correction = Correction.objects.get()
        assert correction.before == correction.after == "NC-01"

    def test_a_persons_word_stands(self, document, clerk):
        correct_reading(
            document_id=document.pk, field="reason", value="NC-03", member=clerk, at=NOON
        )
        with pytest.raises(ArrivalRefused, match="that stands"):
            self.accept(document, clerk, "reason")

    @pytest.mark.parametrize("field", ["total_amount", "state", "customer", "lines.0.reason"])
    def test_what_was_not_proposed_cannot_be_accepted(self, document, clerk, field):
        with pytest.raises(ArrivalRefused, match="proposes nothing"):
            self.accept(document, clerk, field)

    def test_nobody_accepts_for_another_company(self, document):
        stranger = a_member(an_entity("other"), "Paul Meyer")
        with pytest.raises(ArrivalRefused):
            self.accept(document, stranger, "reason")
