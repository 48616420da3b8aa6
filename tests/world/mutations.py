# ruff: noqa: E501 - lists of damages are read as blocks, not by their line length
"""
Structured damage to files, reproducible from a seed.

Beside flipped bytes: pieces cut out, said twice or taken from another file, numbers that are too
large, nesting that is too deep, marks in the wrong places; archives are damaged inside, too.
"""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree

BYTES_MAX = 400_000
NODES_MAX = 2_000
NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")
WORD = re.compile(rb"[A-Za-z0-9_./-]{2,}")
NUMBERS = (
    b"0", b"-1", b"9" * 40, b"9" * 400, b"1e999", b"NaN", b"-0.00", b"1.234.567,89", b"99999999",
    b"2147483648", b"0x10", b"00000000", b"29991231", b"20260231", b"\xd9\xa1\xd9\xa2", b"1" * 5000,
    b"Infinity", b".", b"-", b"1,2,3", b"18446744073709551616",
)  # fmt: skip
MARKS = (
    b"\0", b"\n", b"\r\n\r\n", b'"', b"'", b"?", b"+", b":", b"*", b"~", b"^", b";", b",", b"\t",
    b"<", b">", b"</", b"/>", b"&", b"&#0;", b"&#x110000;", b"&x;", b"<![CDATA[", b"]]>", b"<!--",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"(", b")", b"<<", b">>", b"endobj", b"stream\n", b"%",
    b"=?utf-8?q?=C3?=", b"=?x?b?!!?=", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n",
    b"Content-Transfer-Encoding: base64\n\n", b"> ", b"From a Mon Jan  1\n", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xcc\x81", b"\xc2\xa0", b"\x1d\x1e", b"\xe2\x80\xa8",
    b"UNB+UNOC:3'", b"UNH+1+REMADV:D'", b"UNT+1+1'", b"ISA*", b"ST*820*1~", b"SE*1*1~", b":20:", b":86:",
    b"16,", b"88,", b"/", b"=1+1", b"@SUM(A1)", b"%s%n", b"{0}", b"../../x", b"PK\x03\x04",
)  # fmt: skip
NESTINGS = (
    (b"<?a?>", b""), (b"<!--a-->", b""), (b" \n", b""),
    (b"<a>", b"</a>"), (b"<div><table><tr><td>", b""), (b"(", b")"), (b"[", b"]"), (b"<<", b">>"),
    (b"{", b"}"), (b"> ", b""), (b'"', b'"'), (b"?", b""), (b"++", b""), (b"::", b""), (b"UNH+1+REMADV:D'", b""),
    (b"ST*820*1~", b"SE*2*1~"), (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b""),
    (b"Content-Type: message/rfc822\n\n", b""), (b"Re: ", b""), (b"<ul><li>", b""), (b"\n\n", b""), (b" ", b""),
)  # fmt: skip

PRINTABLE = (
    "",
    "EUR",
    "XXX",
    "-",
    "2026-99-99",
    "DBIT",
    "\u202e\u0301",
    "a" * 9000,
    " \n ",
    "&<>",
    "1,5",
)

Node = etree._Element  # lxml gives its element type no other name
Mutator = Callable[[bytes, Sequence[bytes], random.Random], bytes]


def flipped(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Change single bytes."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def truncated(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Break off, or begin in the middle."""
    at = chance.randrange(len(content))
    return content[:at] if chance.random() < 0.7 else content[at:]


def gutted(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Take a piece out."""
    start, end = _piece(content, chance)
    return content[:start] + content[end:]


def repeated(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Say a piece many times."""
    start, end = _piece(content, chance)
    times = chance.choice((2, 3, 10, 100, 1000))
    return content[:start] + content[start:end] * times + content[end:]


def spliced(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Put a piece of another file in."""
    other = chance.choice(others)
    start, end = _piece(other, chance)
    at, until = _piece(content, chance)
    return content[:at] + other[start:end] + content[until if chance.random() < 0.5 else at :]


def renumbered(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Put other numbers in the places of numbers."""
    found = list(NUMBER.finditer(content))
    for each in sorted(
        chance.sample(found, min(len(found), chance.randint(1, 5))), key=lambda one: -one.start()
    ):
        content = content[: each.start()] + chance.choice(NUMBERS) + content[each.end() :]
    return content


def exchanged(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Put words of the file in the places of other words."""
    found = list(WORD.finditer(content))
    if len(found) < 2:
        return content
    for _ in range(chance.randint(1, 4)):
        one, other = chance.sample(found, 2)
        content = content[: one.start()] + other[0] + content[one.end() :]
    return content


def marked(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Put marks where they mean something else."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(MARKS) * chance.randint(1, 3) + content[at:]
    return content


def nested(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Open something far too often, and sometimes close it."""
    opens, closes = chance.choice(NESTINGS)
    times = chance.choice((5, 50, 500, 5000))
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    shut = closes * times if chance.random() < 0.5 else b""
    return content[:start] + opens * times + content[start:end] + shut + content[end:]


def shuffled(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Bring lines, segments or tags into another order, or lose some."""
    mark = chance.choice(
        [each for each in (b"\n", b"'", b"~", b"<", b",", b";") if each in content] or [b" "]
    )
    parts = content.split(mark)
    if chance.random() < 0.5:
        chance.shuffle(parts)
    else:
        parts = [part for part in parts if chance.random() < 0.8]
    return mark.join(parts)


PLAIN: tuple[Mutator, ...] = (
    flipped, truncated, gutted, repeated, spliced, renumbered, exchanged, marked, nested, shuffled,
)  # fmt: skip


def damaged(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a file with one to four kinds of damage, never much longer than it was."""
    if content.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        content = _damaged_inside(content, others, chance)
    elif content.startswith(b"<?xml") and chance.random() < 0.6:
        content = _damaged_tree(content, chance)
    else:
        content = _damaged_plainly(content, others, chance)
    return content[:BYTES_MAX]


def _damaged_plainly(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        if not content:
            break
        content = chance.choice(PLAIN)(content, others, chance)[:BYTES_MAX]
    return content


def _damaged_inside(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Damage a file of an archive and pack it again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            inner = old.read(name)
            if name == chosen and inner:
                inner = _damaged_plainly(inner, [*others, inner], chance)
            new.writestr(name, inner, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _damaged_tree(content: bytes, chance: random.Random) -> bytes:
    """Damage what XML says and keep its form: move, double, drop and rename elements."""
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 6)):
        nodes = list(root.iter("*"))
        if len(nodes) < NODES_MAX:
            chance.choice(TREE)(chance.choice(nodes), chance.choice(nodes), chance)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _dropped(one: Node, other: Node, chance: random.Random) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _renamed(one: Node, other: Node, chance: random.Random) -> None:
    one.tag = other.tag


def _reworded(one: Node, other: Node, chance: random.Random) -> None:
    number = chance.choice(NUMBERS).decode("latin-1")
    one.text = number if chance.random() < 0.5 else chance.choice(PRINTABLE)


def _requalified(one: Node, other: Node, chance: random.Random) -> None:
    one.attrib.update(dict.fromkeys(("Ccy", "schemeID"), chance.choice(PRINTABLE)))


def _multiplied(one: Node, other: Node, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 3, 200))):
        one.append(etree.Element(other.tag) if len(other) else copy.deepcopy(other))


TREE = (_dropped, _renamed, _reworded, _requalified, _multiplied)


def _piece(content: bytes, chance: random.Random) -> tuple[int, int]:
    length = chance.choice((1, 4, 16, 64, 256, 4096))
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randint(1, length))
