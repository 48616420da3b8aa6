"""Handed over: only what passes the gate, signed by another; each cent stays in one place."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from tests.world.builders import NOON, TODAY, a_member
from tests.world.collecting import DAY, Debtor
from tests.world.kept import fresh, kept

from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPaper,
    NewPlacement,
    NotReady,
    PlacementTerms,
    add_partner,
    ask_to_place,
    draft_placement,
    end_placement,
    finish_step,
    lay_paper,
    load_results,
    record_motive,
    say_terms,
    send_back_placement,
    sign_placement,
)
from concilia.dunning.core.placement.gate import Condition
from concilia.dunning.models import Placement, PlacementItem, PlacementResult
from concilia.dunning.queries.placements import papers_of, steps_due
from concilia.foundation.blobs import read_blob

pytestmark = pytest.mark.django_db


def build():
    debtor = Debtor()
    debtor.item = debtor.owes(1000)
    debtor.boss = a_member(debtor.entity, "Sara Costa", role="approver", level=4)
    debtor.agency = add_partner(
        name="Recuperi Riuniti", email="in@recuperi.example", by=debtor.clerk, at=NOON
    )
    new = NewMotive(customer_id=debtor.customer.pk, code="NR-15")
    record_motive(new=new, by=debtor.clerk, at=NOON)
    return debtor


built = kept(build)


@pytest.fixture
def debtor(built):
    return fresh(built)


def drafted(debtor, route="AGENCY"):
    new = NewPlacement(customer_id=debtor.customer.pk, route=route, currency="EUR")
    return draft_placement(new=new, by=debtor.clerk, at=NOON)


def complete(debtor, row):
    terms = PlacementTerms(
        delivered=TODAY - 40 * DAY, until=TODAY - 10 * DAY, partner_id=debtor.agency.pk
    )
    say_terms(placement_id=row.pk, terms=terms, by=debtor.clerk, at=NOON)
    for kind in ("INVOICE", "INVOICE_XML", "DELIVERY", "ORDER", "NOTICE", "NOTICE_PROOF"):
        new = NewPaper(kind=kind, upload=(f"{kind}.pdf", kind.encode()))
        lay_paper(placement_id=row.pk, new=new, by=debtor.clerk, at=NOON)
    return row


def placed(debtor, route="AGENCY"):
    row = complete(debtor, drafted(debtor, route))
    ask_to_place(placement_id=row.pk, by=debtor.clerk, at=NOON)
    return sign_placement(placement_id=row.pk, by=debtor.boss, at=NOON)


def test_what_is_missing_is_named_and_nothing_leaves_the_chase(debtor):
    row = drafted(debtor)
    with pytest.raises(NotReady) as refused:
        ask_to_place(placement_id=row.pk, by=debtor.clerk, at=NOON)
    found = {each.condition for each in refused.value.lacking}
    assert {Condition.NOTICE_NOT_PROVEN, Condition.PARTNER_MISSING} <= found
    assert debtor.may_be_chased().dunnable == 100_000


def test_once_signed_every_cent_is_handed_over_and_nowhere_else(debtor):
    placed(debtor)
    found = debtor.may_be_chased()
    assert (found.open, found.placed, found.dunnable) == (100_000, 100_000, 0)
    assert found.why_not == "nothing"


def test_a_payment_shrinks_what_is_handed_over_and_a_recall_brings_the_rest_back(debtor):
    row = placed(debtor)
    debtor.pays(debtor.item, 40_000)
    assert debtor.may_be_chased().placed == 60_000

    end_placement(placement_id=row.pk, is_recall=True, why="They called", by=debtor.clerk, at=NOON)

    found = debtor.may_be_chased()
    assert (found.placed, found.dunnable) == (0, 60_000)
    with pytest.raises(CollectionRefused, match="gone on"):
        end_placement(placement_id=row.pk, is_recall=True, why="x", by=debtor.clerk, at=NOON)


def test_who_asked_does_not_sign_nor_who_lacks_authority(debtor):
    row = complete(debtor, drafted(debtor))
    ask_to_place(placement_id=row.pk, by=debtor.boss, at=NOON)
    small = a_member(debtor.entity, "Ivo Neri", role="approver", level=2)
    for member in (debtor.boss, small, debtor.clerk):
        with pytest.raises(CollectionRefused, match="Somebody else signs"):
            sign_placement(placement_id=row.pk, by=member, at=NOON)
    send_back_placement(
        placement_id=row.pk, why="The proof is of another", by=debtor.clerk, at=NOON
    )
    row.refresh_from_db()
    assert (row.state, row.pack) == (Placement.State.DRAFT, None)


def test_what_was_promised_meanwhile_is_not_handed_over(debtor):
    row = complete(debtor, drafted(debtor))
    ask_to_place(placement_id=row.pk, by=debtor.clerk, at=NOON)
    debtor.promises(300)
    with pytest.raises(NotReady) as refused:
        sign_placement(placement_id=row.pk, by=debtor.boss, at=NOON)
    assert [each.condition for each in refused.value.lacking] == [Condition.DISPUTED]


def test_an_item_is_handed_over_once(debtor):
    placed(debtor)
    with pytest.raises(CollectionRefused, match="nothing to hand over"):
        drafted(debtor)
    assert PlacementItem.objects.filter(is_live=True).count() == 1


def test_the_evidence_is_the_same_bytes_each_time_and_holds_every_paper(debtor):
    row = complete(debtor, drafted(debtor, "COURT"))
    ask_to_place(placement_id=row.pk, by=debtor.clerk, at=NOON)
    row.refresh_from_db()
    archive = ZipFile(io.BytesIO(read_blob(sha256=row.pack_id)))
    kinds = {each["kind"] for each in json.loads(archive.read("manifest.json"))["files"]}
    assert {"INVOICE", "NOTICE", "NOTICE_PROOF", "STATEMENT", "INTEREST", "CORRESPONDENCE"} <= kinds
    assert papers_of(row=row, today=TODAY) == papers_of(row=row, today=TODAY)
    first = row.pack_id
    send_back_placement(placement_id=row.pk, why="once more", by=debtor.clerk, at=NOON)
    ask_to_place(placement_id=row.pk, by=debtor.clerk, at=NOON)
    row.refresh_from_db()
    assert row.pack_id == first


def test_dates_of_the_court_follow_what_was_done(debtor):
    row = placed(debtor, "COURT")
    assert dict(row.steps.values_list("key", "due_date"))["SERVE"] is None
    for key, on in (("FILE", TODAY), ("ORDER", TODAY)):
        finish_step(placement_id=row.pk, key=key, on=on, by=debtor.clerk, at=NOON)
    assert dict(row.steps.values_list("key", "due_date"))["SERVE"] == date(2027, 1, 18)
    due = steps_due(entity=debtor.entity, until=TODAY + timedelta(days=90))
    assert [step.key for step in due] == ["SERVE"]
    with pytest.raises(CollectionRefused, match="comes before"):
        finish_step(placement_id=row.pk, key="ENFORCE", on=TODAY, by=debtor.clerk, at=NOON)


def test_results_come_in_once_and_bad_lines_are_named(debtor):
    row = placed(debtor)
    text = (
        "mandate,reference,date,status,paid,cost\n"
        f"{row.name},R1,2026-11-18,PARTLY_PAID,250.00,10.00\n"
        "MAN-000999,R2,2026-11-18,PAID,1.00,0\n"
        f"{row.name},R3,yesterday,PAID,1.00,0\n"
    )
    first = load_results(content=text.encode(), by=debtor.clerk, at=NOON)
    again = load_results(content=text.encode(), by=debtor.clerk, at=NOON)
    assert (first.new, first.known, [(each.line, each.why) for each in first.bad]) == (
        1, 0, [(3, "mandate"), (4, "date")],
    )  # fmt: skip
    assert (again.new, again.known) == (0, 1)
    assert PlacementResult.objects.get().paid_minor == 25_000
    assert debtor.may_be_chased().placed == 100_000  # what is reported books nothing
    with pytest.raises(CollectionRefused, match="no table of results"):
        load_results(content=b"\xff\xfe", by=debtor.clerk, at=NOON)


def test_another_creditors_hand_over_is_none(debtor):
    row = drafted(debtor)
    stranger = Debtor("second", iban="IT60X0542811101000000123456")
    with pytest.raises(CollectionRefused, match="no such hand-over"):
        ask_to_place(placement_id=row.pk, by=stranger.clerk, at=NOON)
    text = f"mandate,reference,date,status\n{row.name},R1,2026-11-18,PAID\n"
    assert load_results(content=text.encode(), by=stranger.clerk, at=NOON).new == 0
