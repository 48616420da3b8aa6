"""
XML of strangers as a tree: no document types, no entities, no network, nothing of giant size.

Nodes are asked for by local name in any namespace (`camt/nodes.py`): senders bind prefixes as they
like, and some leave the namespace out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from concilia.documents.core.decoding import BOMS, decode, tidy
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.camt.nodes import Node, local

# Atomic groups: what stands before is passed over once, however many instructions it has.
PROLOG: Final = re.compile(r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->)\s*+)*+<!DOCTYPE", re.DOTALL)
DECLARATION: Final = re.compile(r"\A\s*<\?xml.*?\?>", re.DOTALL)
PROLOG_CHARS_MAX: Final = 1 << 20
GIANT_CHARS: Final = 9_000_000
GIANT: Final = re.compile(rb">[A-Za-z0-9+/=\s]{%d,}<" % GIANT_CHARS)
WRAPPED_DEPTH_MAX: Final = 6
LAST: Final = re.compile(rb"</(?:[\w.-]+:)?([\w.-]+)\s*>\s*\Z")
TAIL_BYTES: Final = 400
SHORT: Final = "the XML is cut off: read as far as it goes"
ENCODING: Final = "the XML is not in the encoding it names"
REFUSED: Final = "XML with a document type of its own (DTD) is not opened"


@dataclass(frozen=True, slots=True)
class Tree:
    """The node that is the message, and what was odd about the file."""

    root: Node
    warnings: tuple[str, ...] = ()


def read_tree(content: bytes, names: Iterable[str], *, cut_off: bool = False) -> Tree:
    """
    Return the message's node: the root, or what an envelope (a Peppol SBDH) holds.

    :param names: local names of nodes that are a message
    :param cut_off: whether a file that ends too early is read as far as it goes, with a warning
    :raises ParserFailed: for damaged XML, a document type, or another kind of message
    """
    _refuse_document_type(content)
    content, warnings = _without_giants(content)
    try:
        top = _parsed(content)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        rest = _as_far_as_it_goes(content) if cut_off else None
        top = _parsed_as_text(content, str(error)) if rest is None else rest
        warnings = (*warnings, ENCODING if rest is None else SHORT)
    root = _message(top, frozenset(names))
    if root is None:
        raise ParserFailed(f"an XML file of no kind that is known ({tidy(local(top))[:60]})")
    return Tree(root, warnings)


def _without_giants(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Leave out files embedded in base64 that are larger than the parser takes in one piece."""
    if len(content) <= GIANT_CHARS:
        return content, ()
    kept, count = GIANT.subn(b"><", content)
    return kept, (f"{count} embedded file(s) too large, left out",) if count else ()


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(content: bytes, *, recover: bool = False) -> Node:
    top = etree.fromstring(content, _parser(recover=recover))
    if top is None:
        raise ParserFailed("damaged XML: nothing in it can be read")
    if top.getroottree().docinfo.internalDTD is not None:
        raise ParserFailed(REFUSED)
    return top


def _parsed_as_text(content: bytes, problem: str) -> Node:
    """Read once more as the text it is: some name an encoding that does not exist, or another."""
    text = DECLARATION.sub("", decode(content), count=1).lstrip()
    try:
        return _parsed(text.encode())
    except (etree.XMLSyntaxError, ValueError) as error:
        said = tidy(problem or str(error)).split("\n", 1)[0][:200]
        raise ParserFailed(f"damaged XML: {said}") from error


def _as_far_as_it_goes(content: bytes) -> Node | None:
    """Return what stands before the end of a file that ends too early; None for other damage."""
    tail = content[-TAIL_BYTES:].rstrip()
    found = LAST.search(tail)
    if b"\0" in tail:
        return None
    try:
        top = _parsed(content, recover=True)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return None if found is not None and found[1].decode() == local(top) else top


def _refuse_document_type(content: bytes) -> None:
    marked = any(content.startswith(mark) for mark, _ in BOMS) or b"\0" in content[:64]
    head = content[:PROLOG_CHARS_MAX]
    text = decode(head) if marked else head.decode("latin-1")
    if PROLOG.match(text):
        raise ParserFailed(REFUSED)


def _message(top: Node, names: frozenset[str]) -> Node | None:
    level = [top]
    for _ in range(WRAPPED_DEPTH_MAX):
        for node in level:
            if local(node) in names:
                return node
        level = [child for node in level for child in node.iterchildren("{*}*")]
    return None
