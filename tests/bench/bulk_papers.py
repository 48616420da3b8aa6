"""What arrived, was said and was logged about the claims."""

from __future__ import annotations

from bulk import DAYS, NOW, Bulk, blobs, customer_of, digest, gross_minor

from concilia.cases.models import Case, CaseMessage, Mention
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.foundation.models import AuditEntry, AuditHead
from concilia.identity.models import Entity
from concilia.intake.models import Arrival, ImportFile, ImportRun


def write_papers(bulk: Bulk, entity: Entity) -> None:
    """Documents, arrivals and imports."""
    count = bulk.size.claims
    day = f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'"
    blobs(bulk, "d", count)
    bulk.put(
        Document,
        count,
        {
            "entity_id": str(entity.pk),
            "blob_id": digest("d"),
            "filename": "'claim-' || n || '.eml'",
            "format": "'eml'",
            "state": "'READ'",
            "kind": "'claim'",
            "reason": "'NC-01'",
            "language": "'de'",
            "currency": "'EUR'",
            "claimed_minor": gross_minor(),
            "needs_review": "n % 200 = 0",
            "customer_id": customer_of(bulk),
            "received_at": day,
            "read_at": day,
        },
    )
    bulk.put(
        Arrival,
        count,
        {
            "entity_id": str(entity.pk),
            "channel": "'mailbox'",
            "source": "'crediti@bench.example'",
            "filename": "'claim-' || n || '.eml'",
            "blob_id": digest("d"),
            "identity_key": "'a' || n",
            "state": "CASE WHEN n % 200 = 0 THEN 'WAITING' ELSE 'DONE' END",
            "outcome": "CASE WHEN n % 200 = 0 THEN 'unsure' ELSE 'claim_opened' END",
            "document_id": bulk.id_of(Document, "n"),
            "received_at": day,
        },
    )
    bulk.put(
        ImportRun,
        500,
        {
            "entity_id": str(entity.pk),
            "state": "'SAVED'",
            "started_at": day,
            "finished_at": day,
        },
    )
    bulk.put(
        ImportFile,
        1000,
        {
            "run_id": bulk.id_of(ImportRun, "1 + n / 2 % 500"),
            "blob_id": digest("d"),
            "filename": "'items-' || n || '.csv'",
            "dataset": "'open_items'",
            "state": "'SAVED'",
            "total_rows": "1000",
            "done_rows": "1000",
            "new_rows": "1000",
        },
    )


def write_talk(bulk: Bulk, entity: Entity) -> None:
    """Two messages a claim, some with mentions."""
    count = bulk.size.claims * 2
    day = f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'"
    bulk.put(
        Message,
        count,
        {
            "entity_id": str(entity.pk),
            "customer_id": customer_of(bulk, f"(1 + n % {bulk.size.claims})"),
            "lane": "(ARRAY['in','note'])[1 + n % 2]",
            "state": "(ARRAY['RECEIVED','WRITTEN'])[1 + n % 2]",
            "sender_name": "'Jens Albers'",
            "subject": "'About FT-' || n",
            "body": "'We received less than you invoiced.'",
            "language": "'en'",
            "key": "'m' || n",
            "written_at": day,
        },
    )
    bulk.put(
        CaseMessage,
        count,
        {
            "case_id": bulk.id_of(Case, f"1 + n % {bulk.size.claims}"),
            "message_id": bulk.id_of(Message, "n"),
            "lane": "(ARRAY['in','note'])[1 + n % 2]",
            "side": "(ARRAY['customer','inside'])[1 + n % 2]",
        },
    )
    bulk.put(
        Mention,
        2000,
        {
            "case_message_id": bulk.id_of(CaseMessage, "n"),
            "member_id": "(SELECT min(id) FROM identity_membership) + n % 20",
            "read_at": f"CASE WHEN n % 10 > 0 THEN {day} END",
        },
    )


def write_log(bulk: Bulk, entity: Entity) -> None:
    """Three entries of the log a claim."""
    count = bulk.size.claims * 3
    bulk.put(
        AuditEntry,
        count,
        {
            "entity_id": str(entity.pk),
            "seq": "n",
            "at": f"TIMESTAMPTZ '{NOW}' - ({count} - n) * interval '3 minutes'",
            "actor_kind": "'rule'",
            "actor_name": "'short payment'",
            "act": "(ARRAY['claim.opened','claim.verdict_computed','case.noted'])[1 + n % 3]",
            "subject_type": "'case'",
            "subject_id": bulk.id_of(Case, f"1 + n % {bulk.size.claims}"),
            "previous_hash": "repeat('0', 64)",
            "hash": "repeat('0', 64)",
        },
    )
    AuditHead.objects.create(entity_id=entity.pk, seq=count)
