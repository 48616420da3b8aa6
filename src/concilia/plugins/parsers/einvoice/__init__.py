"""E-invoices, the papers around them and the status messages about them, signed or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import ClassVar, Final

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.camt.nodes import Node, local
from concilia.plugins.parsers.einvoice.cdar import read_cdar
from concilia.plugins.parsers.einvoice.cii import read_cii
from concilia.plugins.parsers.einvoice.envelope import open_envelope
from concilia.plugins.parsers.einvoice.facturae import read_facturae
from concilia.plugins.parsers.einvoice.fatturapa import read_fatturapa
from concilia.plugins.parsers.einvoice.logistics import KINDS, read_logistics
from concilia.plugins.parsers.einvoice.notices import write_notice
from concilia.plugins.parsers.einvoice.paper import Paper
from concilia.plugins.parsers.einvoice.peppol import read_response
from concilia.plugins.parsers.einvoice.rendering import render
from concilia.plugins.parsers.einvoice.sdi import TITLES, read_sdi
from concilia.plugins.parsers.einvoice.tree import read_tree
from concilia.plugins.parsers.einvoice.ubl import read_ubl

NOT_CHECKED: Final = "signed file: the signature was not checked"
APART: Final = "a signature without the file it signs: nothing to read"
ROOTS: Final = {
    "ubl-invoice": ("Invoice", "DebitNote"),
    "ubl-credit-note": ("CreditNote",),
    "cii": ("CrossIndustryInvoice", "CrossIndustryDocument", "Invoice"),
    "fatturapa": ("FatturaElettronica", "FatturaElettronicaSemplificata"),
    "facturae": ("Facturae",),
}
READERS: Final[dict[str, Callable[[Node, str], list[Paper]]]] = {
    "ubl-invoice": lambda root, name: [read_ubl(root, name)],
    "ubl-credit-note": lambda root, name: [read_ubl(root, name)],
    "cii": lambda root, _: [read_cii(root)],
    "fatturapa": lambda root, _: read_fatturapa(root),
    "facturae": lambda root, _: read_facturae(root),
}
LOGISTICS: Final = {
    "ubl-order": "Order",
    "ubl-order-response": "OrderResponse",
    "ubl-despatch-advice": "DespatchAdvice",
    "ubl-receipt-advice": "ReceiptAdvice",
}
STATUSES: Final = {
    "ApplicationResponse": "ubl-response",
    "CrossDomainAcknowledgementAndResponse": "cdar",
    **dict.fromkeys(TITLES, "sdi"),
}
FORMATS: Final = {
    **{name: kind for kind, names in reversed(ROOTS.items()) for name in names},
    **{name: kind for kind, name in LOGISTICS.items()},
    **STATUSES,
}
DEPTH_MAX: Final = 3


class InvoiceParser:
    """UBL, CII, FatturaPA and Facturae: what the paper states, and lines a person can read."""

    formats: ClassVar[tuple[str, ...]] = (*ROOTS, *LOGISTICS)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the paper; of several in one file, a list of them."""
        if source.format in LOGISTICS:
            tree = read_tree(source.content, KINDS, cut_off=True)
            papers = [read_logistics(tree.root, local(tree.root))]
        else:
            tree = read_tree(source.content, ROOTS[source.format], cut_off=True)
            papers = READERS[source.format](tree.root, local(tree.root))
        if not any(_says_something(paper) for paper in papers):
            raise ParserFailed("the e-invoice is empty: no number, no total and no positions")
        return render(papers, source.format, tree.warnings)


class StatusParser:
    """What a receiver, a platform or an exchange system says about our invoices."""

    formats: ClassVar[tuple[str, ...]] = ("ubl-response", "cdar", "sdi")

    def parse(self, source: Source) -> ParsedDocument:
        """Return the notice."""
        if source.format == "ubl-response":
            tree = read_tree(source.content, ("ApplicationResponse",))
            return write_notice(read_response(tree.root), source.format, tree.warnings)
        if source.format == "cdar":
            tree = read_tree(source.content, ("CrossDomainAcknowledgementAndResponse",))
            return write_notice(read_cdar(tree.root), source.format, tree.warnings)
        tree = read_tree(source.content, TITLES)
        notice, warnings = read_sdi(tree.root, local(tree.root))
        return write_notice(notice, source.format, (*tree.warnings, *warnings))


class XmlParser:
    """
    XML that its first bytes did not tell: a known message behind a long comment or an envelope.

    Anything else is refused with the name it bears.
    """

    formats: ClassVar[tuple[str, ...]] = ("xml",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the message as its own parser reads it."""
        name = local(read_tree(source.content, FORMATS, cut_off=True).root)
        parser: InvoiceParser | StatusParser = InvoiceParser()
        if FORMATS[name] not in parser.formats:
            parser = StatusParser()
        return parser.parse(replace(source, format=FORMATS[name]))


class SignedParser:
    """
    Signed files (`.p7m`): an e-invoice inside is read as itself, anything else is a part.

    No trust is claimed in the signature: it is not checked.
    """

    formats: ClassVar[tuple[str, ...]] = ("p7m",)

    def parse(self, source: Source) -> ParsedDocument:
        """Open the envelope, and the envelopes in it."""
        content, name = source.content, source.filename
        for _ in range(DEPTH_MAX):
            content, name = open_envelope(content), _inner_name(name)
            found = detect(content, name)
            if found != "p7m":
                break
        else:
            raise ParserFailed(f"signed more than {DEPTH_MAX} times over, not read")
        if found in ROOTS:
            parsed = InvoiceParser().parse(Source(content, name, found))
            return replace(parsed, warnings=(*parsed.warnings, NOT_CHECKED))
        if not content:
            return ParsedDocument("p7m", warnings=(APART,))
        return ParsedDocument(
            "p7m",
            f"{name}\n",
            attachments=(Attachment(name, "", content),),
            warnings=(NOT_CHECKED,),
        )


def _says_something(paper: Paper) -> bool:
    return bool(paper.number or paper.positions or paper.totals.whole is not None)


def _inner_name(name: str) -> str:
    plain = " ".join(PurePosixPath(name.replace("\\", "/")).name.split())
    return plain[: -len(".p7m")] if plain.lower().endswith(".p7m") else plain or "file"
