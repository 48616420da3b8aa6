"""Requests to post, as the ledger would make them."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

from concilia.kernel.money import Money
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.resolutions.credits import CreditNote, credit_note
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.resolutions.writeoffs import WriteOffGround, written_off
from concilia.ledger.core.vat import split_gross
from concilia.ledger.ports import (
    DocumentType,
    PostingRequest,
    external_ref,
    idempotency_key,
    posting_lines,
)

ROOT = Path(__file__).parents[2]
_decisions = itertools.count(1)
_run = uuid4().hex


def a_credit_request(
    gross_minor: int = 12200,
    *,
    vat_bp: int = 2200,
    invoice: str | None = None,
    **changes: object,
) -> PostingRequest:
    """This will be a credit note of one rate, for a customer's deduction."""
    item = Item(
        item_id=1,
        customer_id=1,
        currency="EUR",
        open_minor=gross_minor,
        role=AccountRole.AR_DEDUCTION,
    )
    shares = (split_gross(Money(gross_minor, "EUR"), vat_bp),)
    entry = credit_note(CreditNote(item=item, shares=shares, room_minor=gross_minor))
    return _request(
        DocumentType.CREDIT_NOTE,
        lines=posting_lines(entry, partner="1001", ref_item=invoice),
        references=(invoice,) if invoice else (),
        **changes,
    )


def a_write_off_request(
    amount_minor: int = 50, *, invoice: str | None = None, **changes: object
) -> PostingRequest:
    """This will be a small difference written off an invoice."""
    item = Item(item_id=1, customer_id=1, currency="EUR", open_minor=amount_minor)
    entry = written_off(item, amount_minor=amount_minor, ground=WriteOffGround.SMALL)
    return _request(
        DocumentType.JOURNAL,
        lines=posting_lines(entry, partner="1001", ref_item=invoice),
        references=(invoice,) if invoice else (),
        **changes,
    )


def _request(document_type: DocumentType, **values: object) -> PostingRequest:
    decision = f"{_run}-{next(_decisions)}"
    key = idempotency_key(
        tenant="test", company="aurora", resolution=decision, action="settle", version=1
    )
    today = date.today()  # noqa: DTZ011 - Tryton warns of documents dated in the future
    fields: dict[str, object] = {
        "posting_id": str(uuid4()),
        "idempotency_key": key,
        "external_ref": external_ref(key),
        "company": "aurora",
        "document_type": document_type,
        "document_date": today,
        "posting_date": today,
        "currency": "EUR",
        "partner": "1001",
        "text": "Merce mancante, DDT 4471",
    }
    return PostingRequest(**fields | values)  # type: ignore[arg-type]


@contextmanager
def poster(
    erp: str, settings: Mapping[str, object], request: PostingRequest
) -> Iterator[subprocess.Popen[str]]:
    """This will start a process that is ready to post; write a line to its input to let it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.world.poster"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    task = {"erp": erp, "settings": dict(settings), "request": request.as_json()}
    process.stdin.write(json.dumps(task) + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def let_go(process: subprocess.Popen[str]) -> None:
    """This will let a ready process post."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
