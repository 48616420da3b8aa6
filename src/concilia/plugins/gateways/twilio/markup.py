"""What the carrier is told to do in a call, in its XML: Say, Gather, Dial, Redirect, Hangup."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from concilia.correspondence.ports import Turn

CONTENT_TYPE: Final = "text/xml; charset=utf-8"
WAITS_SECONDS: Final = 8
RINGS_SECONDS: Final = 25
SPOKEN_MAX: Final = 4000  # characters of one Say
VOICES: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "en-GB", "it": "it-IT", "fr": "fr-FR", "es": "es-ES", "de": "de-DE"}
)


def markup(turn: Turn) -> bytes:
    """This will be a turn as the carrier reads it."""
    root = Element("Response")
    where = root
    if turn.digits and turn.next_url:
        where = SubElement(root, "Gather", _gathering(turn))
    for words in turn.says:
        said = SubElement(where, "Say", {"language": VOICES.get(turn.language, "en-GB")})
        said.text = "".join(each for each in words if each.isprintable())[:SPOKEN_MAX]
    if turn.hand_to:
        attributes = {"timeout": str(RINGS_SECONDS), "action": turn.next_url, "method": "POST"}
        SubElement(root, "Dial", attributes).text = turn.hand_to
    elif turn.next_url:  # nobody pressed anything: that is said, too
        SubElement(root, "Redirect", {"method": "POST"}).text = turn.next_url
    else:
        SubElement(root, "Hangup")
    written: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>' + written


def _gathering(turn: Turn) -> dict[str, str]:
    """One key is enough where one is asked for; more end with #."""
    return {
        "input": "dtmf",
        "action": turn.next_url,
        "method": "POST",
        "numDigits": str(turn.digits),
        "finishOnKey": "" if turn.digits == 1 else "#",
        "timeout": str(WAITS_SECONDS),
    }
