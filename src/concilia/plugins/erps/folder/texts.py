"""One posting as JSON for programs, CSV for spreadsheets and imports, and text for people."""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from concilia.kernel.cells import FORMULA_STARTS
from concilia.kernel.money import Money
from concilia.ledger.ports import PostingLine, PostingRequest

FORMAT: Final = "concilia-posting-1"
COLUMNS: Final = (
    "external_ref",
    "document_type",
    "fiscal_type",
    "company",
    "document_date",
    "posting_date",
    "currency",
    "line",
    "role",
    "account",
    "partner",
    "debit",
    "credit",
    "vat_percent",
    "tax_code",
    "ref_item",
    "reference",
    "text",
)
# A spreadsheet takes a cell that begins like this for a formula, whatever stands behind it.

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("Document", "Date", "Posted on", "Customer", "About", "Text", "Debit", "Credit", "VAT"),
    "it": (
        "Documento",
        "Data",
        "Registrato il",
        "Cliente",
        "Riferito a",
        "Testo",
        "Dare",
        "Avere",
        "IVA",
    ),
    "fr": (
        "Document",
        "Date",
        "Comptabilisé le",
        "Client",
        "Concerne",
        "Texte",
        "Débit",
        "Crédit",
        "TVA",
    ),
    "es": (
        "Documento",
        "Fecha",
        "Contabilizado el",
        "Cliente",
        "Referido a",
        "Texto",
        "Debe",
        "Haber",
        "IVA",
    ),
    "de": ("Beleg", "Datum", "Gebucht am", "Kunde", "Betrifft", "Text", "Soll", "Haben", "USt."),
}


def as_json(request: PostingRequest) -> bytes:
    """This will be the request with its amounts as decimal strings; the keys are the contract's."""
    lines = [
        {
            "role": str(line.role),
            "account": line.account,
            "partner": line.partner,
            "debit": _amount(line.debit_minor, request),
            "credit": _amount(line.credit_minor, request),
            "vat_percent": _percent(line.vat_bp),
            "tax_code": line.tax_code,
            "cost_object": line.cost_object,
            "assignment": line.assignment,
            "ref_item": line.ref_item,
            "text": line.text,
        }
        for line in request.lines
    ]
    totals = request.totals
    document = {
        "format": FORMAT,
        "external_ref": request.external_ref,
        "posting_id": request.posting_id,
        "idempotency_key": request.idempotency_key,
        "company": request.company,
        "document_type": str(request.document_type),
        "fiscal_type": request.fiscal_type,
        "document_date": request.document_date.isoformat(),
        "posting_date": request.posting_date.isoformat(),
        "value_date": request.value_date.isoformat() if request.value_date else None,
        "currency": request.currency,
        "partner": request.partner,
        "references": list(request.references),
        "text": request.text,
        "net": _amount(totals.net_minor, request),
        "vat": _amount(totals.vat_minor, request),
        "gross": _amount(totals.gross_minor, request),
        "attachments": list(request.attachments),
        "lines": lines,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(request: PostingRequest) -> bytes:
    """
    This will be one row for each line, under a header: UTF-8 with a byte order mark, `;` between.

    That is what spreadsheets of the five countries open correctly by a double click.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, line in enumerate(request.lines, start=1):
        writer.writerow([_cell(each) for each in _row(request, number, line)])
    return buffer.getvalue().encode("utf-8-sig")


def as_text(request: PostingRequest, language: str) -> bytes:
    """This will be a page a person can read and book by hand."""
    document, day, posted, customer, about, text, debit, credit, vat = LABELS[language]
    head = [
        (document, f"{request.document_type} {request.external_ref}"),
        (day, request.document_date.isoformat()),
        (posted, request.posting_date.isoformat()),
        (customer, request.partner or ""),
        (about, ", ".join(request.references)),
        (text, request.text),
    ]
    width = max(len(label) for label, _ in head) + 2
    rows = [f"{label + ':':<{width}}{_plain(value)}" for label, value in head if value]
    rows += ["", f"{'':<24}{debit:>16}{credit:>16}{vat:>8}  {request.currency}"]
    for line in request.lines:
        percent = _percent(line.vat_bp)
        rows.append(
            f"{_plain(line.account or str(line.role)):<24}"
            f"{_amount(line.debit_minor, request) if line.debit_minor else '':>16}"
            f"{_amount(line.credit_minor, request) if line.credit_minor else '':>16}"
            f"{f'{percent} %' if percent else '':>8}"
        )
    return ("\n".join(row.rstrip() for row in rows) + "\n").encode()


def _row(request: PostingRequest, number: int, line: PostingLine) -> tuple[str, ...]:
    return (
        request.external_ref,
        str(request.document_type),
        request.fiscal_type or "",
        request.company,
        request.document_date.isoformat(),
        request.posting_date.isoformat(),
        request.currency,
        str(number),
        str(line.role),
        line.account or "",
        line.partner or "",
        _amount(line.debit_minor, request),
        _amount(line.credit_minor, request),
        _percent(line.vat_bp) or "",
        line.tax_code or "",
        line.ref_item or "",
        " ".join(request.references),
        line.text or request.text,
    )


def _cell(text: str) -> str:
    """Disarm what a spreadsheet would compute (architecture.md: no formula in exports)."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _amount(minor: int, request: PostingRequest) -> str:
    return Money(minor, request.currency).to_decimal_string()


def _percent(vat_bp: int | None) -> str | None:
    if vat_bp is None:
        return None
    whole, rest = divmod(vat_bp, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


def _plain(text: str) -> str:
    """Keep a stranger's line breaks from looking like lines of ours."""
    return " ".join(text.split())
