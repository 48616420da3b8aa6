"""Office files: XML in zip archives, read with the limits every archive has."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Final

from lxml import etree

from concilia.documents.ports import ParserFailed

MEMBER_BYTES_MAX: Final = 60 << 20
ENCRYPTED: Final = 0x1
Node = etree._Element  # noqa: SLF001 - lxml gives its element type no other name
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    OSError,
)


class Package:
    """An office file's members by name."""

    def __init__(self, content: bytes) -> None:
        """:raises ParserFailed: if it is no whole zip archive."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except DAMAGED as error:
            raise ParserFailed("damaged file: not a whole zip archive") from error

    def names(self) -> list[str]:
        """Return the names of all members."""
        return self._archive.namelist()

    def read(self, name: str) -> bytes:
        """
        Return a member's bytes.

        :raises ParserFailed: if it is missing, encrypted, damaged, or too large when unpacked
        """
        try:
            member = self._archive.getinfo(name)
            if member.flag_bits & ENCRYPTED:
                raise ParserFailed("encrypted file")
            with self._archive.open(member) as stream:
                content = stream.read(MEMBER_BYTES_MAX + 1)
        except KeyError as error:
            raise ParserFailed(f"damaged file: {name} is missing") from error
        except (*DAMAGED, RuntimeError) as error:
            raise ParserFailed(f"damaged file: {name} cannot be unpacked") from error
        if len(content) > MEMBER_BYTES_MAX:
            raise ParserFailed("file too large when unpacked")
        return content

    def tree(self, name: str) -> Node:
        """
        Return a member as a tree; no document type, no entities, no network.

        :raises ParserFailed: for damaged XML, or one with a document type
        """
        content = self.read(name)
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise ParserFailed("XML with a document type of its own (DTD) is not opened")
        parser = etree.XMLParser(
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=False,
            huge_tree=False,
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ParserFailed(f"damaged file: {name} is no whole XML") from error


def local(node: Node) -> str:
    """Return a node's name without its namespace; comments and instructions have no name."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: Node, name: str) -> str | None:
    """Return an attribute by its name without a namespace."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
