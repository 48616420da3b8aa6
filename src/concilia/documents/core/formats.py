"""
What kind of file this is, from its first bytes; the name decides only where the bytes cannot.

Senders' media types are ignored: half of all attachments call themselves application/octet-stream.
"""

from __future__ import annotations

import codecs
import re
from base64 import b64decode
from pathlib import PurePosixPath
from typing import Final

HEAD_BYTES: Final = 8192
CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
CONTROL_SHARE_MAX: Final = 0.02

SIGNATURES: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "rtf"),
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_BY_NAME: Final = {".msg": "msg", ".xls": "xls", ".doc": "doc"}
ZIPPED: Final = (
    (b"xl/", "xlsx"),
    (b"word/", "docx"),
    (b"ppt/", "pptx"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
)
XML_ROOTS: Final = (
    (re.compile(r"camt\.053\b|BkToCstmrStmt\b"), "camt.053"),
    (re.compile(r"camt\.054\b|BkToCstmrDbtCdtNtfctn\b"), "camt.054"),
    (re.compile(r"camt\.052\b|BkToCstmrAcctRpt\b"), "camt.052"),
    (re.compile(r"remt\.001\b|<(?:\w+:)?RmtAdvc\b"), "remt.001"),
    (re.compile(r"CrossDomainAcknowledgementAndResponse\b"), "cdar"),
    (re.compile(r"xsd:ApplicationResponse-2\b"), "ubl-response"),
    (re.compile(r"xsd:CreditNote-2\b"), "ubl-credit-note"),
    (re.compile(r"xsd:(?:Invoice|DebitNote)-2\b"), "ubl-invoice"),
    (re.compile(r"xsd:Order-2\b"), "ubl-order"),
    (re.compile(r"xsd:OrderResponse-2\b"), "ubl-order-response"),
    (re.compile(r"xsd:DespatchAdvice-2\b"), "ubl-despatch-advice"),
    (re.compile(r"xsd:ReceiptAdvice-2\b"), "ubl-receipt-advice"),
    (re.compile(r"CrossIndustryInvoice\b|CrossIndustryDocument\b"), "cii"),
    (re.compile(r"urn:un:unece:uncefact:data:standard:CBFBUY:"), "cii"),  # before ZUGFeRD 1
    (re.compile(r"FatturaElettronica(?:Semplificata)?\b"), "fatturapa"),
    (re.compile(r"facturae\b", re.IGNORECASE), "facturae"),
)
# Message nodes that leave their namespace out, with what shows that they are meant.
XML_BARE_ROOTS: Final = (
    (re.compile(r"<(?:[\w.-]+:)?CreditNote[\s>]"), "ubl-credit-note"),
    (re.compile(r"<(?:[\w.-]+:)?ApplicationResponse[\s>]"), "ubl-response"),
    (re.compile(r"<(?:[\w.-]+:)?Invoice[\s>]"), "ubl-invoice"),
)
UBL_SIGNS: Final = re.compile(
    r"CommonBasicComponents-2|CustomizationID>|(?:Invoice|CreditNote)TypeCode|DocumentCurrencyCode>"
)
SDI_ROOT: Final = re.compile(
    r"<(?:[\w.-]+:)?(?:Ricevuta(?:Consegna|Scarto|ImpossibilitaRecapito)|FileMetadati|"
    r"Notifica(?:Scarto|MancataConsegna|Esito|EsitoCommittente|DecorrenzaTermini)|"
    r"ScartoEsitoCommittente|AttestazioneTrasmissioneFattura|MetadatiInvioFile)[\s>]"
)
CMS: Final = re.compile(
    rb"\x30(?:\x80|[\x81-\x88].{1,8}?|[\x00-\x7f])\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03]",
    re.DOTALL,
)
PEM: Final = re.compile(rb"\s*-----BEGIN (?:PKCS7|PKCS #7[A-Z ]*|CMS)-----\s*")
CMS_HEAD: Final = 64
BASE64_WHOLE: Final = 4  # characters that are whole bytes
X12_SETS: Final = frozenset({"810", "812", "820", "856", "861"})
EDIFACT_MESSAGES: Final = {
    "REMADV": "edifact-remadv",
    "COMDIS": "edifact-comdis",
    "INVOIC": "edifact-invoic",
    "DESADV": "edifact-desadv",
    "RECADV": "edifact-recadv",
    "CREADV": "edifact-creadv",
    "DEBADV": "edifact-debadv",
}
# With or without envelope, with any separators, also those that are control characters.
X12_START: Final = re.compile(
    r"ISA([^A-Za-z0-9\r\n])\d\d(?:\1|[ *])"
    r"|GS([^A-Za-z0-9 \t\r\n])[A-Z]{2}\2|ST([^A-Za-z0-9 \t\r\n])\d{3}\3"
)
X12_SET: Final = re.compile(r"(?:^|[^A-Za-z0-9])ST[^A-Za-z0-9\r\n](\d{3})[^A-Za-z0-9]")
EDIFACT_START: Final = re.compile(
    r"UNA[^A-Za-z0-9]{6}\s*UN[BGH]|UNB[^A-Za-z0-9 \t\r\n]UNO|UNH\+[^\s'+]+\+[A-Z]{6}:"
)
EDIFACT_MESSAGE: Final = re.compile(r"UNH[^A-Za-z0-9 \t\r\n][^'\x1c]{0,60}?\b([A-Z]{6})\b")
TEXT_SHAPES: Final = (
    (re.compile(r"^From \S.*\d{4}\r?$", re.MULTILINE), "mbox"),
    (re.compile(r"^\s*(?:\{1:F01|:20:|:940:)"), "mt940"),
    (re.compile(r"^01,[^,\n]*,[^,\n]*,\d{6},"), "bai2"),
    (re.compile(r"^OFXHEADER:|<OFX>", re.IGNORECASE), "ofx"),
    (re.compile(r"^11\d{4}.{10,}\n2[234]"), "norma43"),
    (re.compile(r"^01\d{5}.{4}\d{5}.{100,}"), "cfonb120"),
)
BY_NAME: Final = {
    ".eml": "eml",
    ".mbox": "mbox",
    ".csv": "csv",
    ".tsv": "csv",
    ".htm": "html",
    ".html": "html",
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".xml": "xml",
    ".json": "json",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".zip": "zip",
    ".pdf": "pdf",
}
HEADER_LINE: Final = re.compile(r"^[A-Za-z][A-Za-z0-9-]*:[ \t]?", re.MULTILINE)
_MAIL_HEADERS: Final = """
    from to cc subject date message-id received return-path delivered-to mime-version content-type
    reply-to in-reply-to x-mailer dkim-signature x-original-to x-received
"""
MAIL_HEADERS: Final = frozenset(_MAIL_HEADERS.split())
MAIL_HEADERS_MIN: Final = 2
HTML_START: Final = re.compile(
    r"^\s*(?:<!doctype html|<html|<head|<body|<table|<div|<p(?![\w:.-]))", re.I
)


def detect(content: bytes, filename: str = "") -> str | None:
    """
    Return the format's name as in interfaces.md; None for an empty or unknown binary file.

    :param content: the whole file (office files are told apart by what they contain)
    :param filename: its name, used for text formats that look alike
    """
    head = content[:HEAD_BYTES]
    suffix = PurePosixPath(filename.lower()).suffix
    if not head.strip():
        return None
    return _binary(head, content, suffix) or _textual(head, suffix)


def _binary(head: bytes, content: bytes, suffix: str) -> str | None:
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            return name
    if head.startswith(OLE):
        return OLE_BY_NAME.get(suffix, "ole")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "p7m" if _is_cms(head) else None


def _is_cms(head: bytes) -> bool:
    """A signed or encrypted file (CMS): its bytes, or the same in base64, framed or not."""
    if head[:1] == b"\x30":
        return CMS.match(head) is not None
    framed = PEM.match(head)
    text = b"".join(head[framed.end() if framed else 0 :][: 2 * CMS_HEAD].split())[:CMS_HEAD]
    if not text.startswith(b"M"):  # base64 of 0x30
        return False
    try:
        whole = text[: len(text) // BASE64_WHOLE * BASE64_WHOLE]
        return CMS.match(b64decode(whole, validate=True)) is not None
    except ValueError:
        return False


def _zipped(content: bytes) -> str:
    """Office files are zip files whose first or last bytes name their folders."""
    names = content[:4096] + content[-65536:]
    for marker, name in ZIPPED:
        if marker in names:
            return name
    return "zip"


def _textual(head: bytes, suffix: str) -> str | None:
    text = _decoded(head)
    if text is None:
        return None
    stripped = text.lstrip("\ufeff \t\r\n")
    found = _marked_up(stripped, suffix) if stripped.startswith("<") else None
    if found is None and suffix in {".eml", ".mbox"}:
        found = suffix[1:]
    found = found or _edi(stripped) or _shaped(text)
    if found is None and _is_mail(stripped):
        found = "eml"
    return found or BY_NAME.get(suffix) or ("csv" if _is_csv(stripped) else "txt")


def _decoded(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    text = head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    control = len(CONTROL.findall(head))
    return None if control > len(head) * CONTROL_SHARE_MAX else text


def _bare_message(text: str) -> str | None:
    """Messages known by their node alone."""
    if SDI_ROOT.search(text):
        return "sdi"
    if UBL_SIGNS.search(text):
        for pattern, name in XML_BARE_ROOTS:
            if pattern.search(text):
                return name
    return None


def _marked_up(text: str, suffix: str) -> str | None:
    if HTML_START.match(text):
        return "html"
    if text.startswith("<?xml") or suffix == ".xml" or re.match(r"<[\w:]+[\s>]", text):
        for pattern, name in XML_ROOTS:
            if pattern.search(text):
                return name
        if (bare := _bare_message(text)) is not None:
            return bare
        return "html" if suffix in {".htm", ".html"} or "<html" in text.lower() else "xml"
    return None


def _edi(text: str) -> str | None:
    """EDI begins with its own service segments; the first message in it gives the format's name."""
    if X12_START.match(text):
        found = X12_SET.search(text)
        return f"x12-{found[1]}" if found and found[1] in X12_SETS else "x12"
    if EDIFACT_START.match(text):
        found = EDIFACT_MESSAGE.search(text)
        return EDIFACT_MESSAGES.get(found[1], "edifact") if found else "edifact"
    return None


def _shaped(text: str) -> str | None:
    for pattern, name in TEXT_SHAPES:
        if pattern.match(text):
            return name
    return None


def _is_mail(text: str) -> bool:
    """A block of header lines before the first empty line, two of them a mail's own."""
    block = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names = {found[0].rstrip(": \t").lower() for found in HEADER_LINE.finditer(block)}
    first = block.split("\n", 1)[0]
    return bool(HEADER_LINE.match(first)) and len(names & MAIL_HEADERS) >= MAIL_HEADERS_MIN


def _is_csv(text: str) -> bool:
    """The same number of one delimiter, at least two, in most of the first lines."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if len(lines) < 3:  # noqa: PLR2004 - fewer lines prove nothing
        return False
    for delimiter in ";\t|,":
        counts = [line.count(delimiter) for line in lines]
        common = max(set(counts), key=counts.count)
        if common >= 2 and counts.count(common) >= 0.8 * len(counts):  # noqa: PLR2004
            return True
    return False
