# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The boxes of forms, and what is above the part that others fill in, in five languages."""

from __future__ import annotations

import re
from typing import Final

EMPTY: Final = (
    r"\[[ \u00a0_]{0,4}\]|\([ \u00a0]{1,4}\)|[\u2610\u25a1\u25a2\u25fb\u25fd\u2b1c\uf06f\uf0a8]"
)
TICKED: Final = r"\[ ?[xX\u2713\u2714\u2717\u2718vV] ?\]|\( ?[xX\u2713\u2714] ?\)|[\u2611\u2612\u22a0\u25a0\u25fc\u2b1b\u2705\u2714\u2713\uf0fe\uf0fd\uf078]"
BOX: Final = re.compile(rf"(?P<empty>{EMPTY})|(?P<ticked>{TICKED})")
# What a label may have behind it before the next thing begins.
LABEL_END: Final = re.compile(r"\t| {4,}|\n")
LABEL_BEGIN: Final = re.compile(r"(?:\t| {4,}|\n|:)[^\t\n]*?$")
OFFICE: Final = re.compile(
    r"^[^\n\w]{0,6}(?:(?:for )?(?:office|internal|company|supplier|vendor) use(?: only)?|to be completed by (?:the )?(?:supplier|office|us)|"
    r"(?:spazio |parte |campo )?(?:riservat[oa] (?:all['’]|al |alla |a )[^\n]{3,40}|a cura dell['’ ]?ufficio)|(?:ad )?uso (?:interno|ufficio)|"
    r"(?:cadre |partie |zone )?r[eé]serv[eé]e? (?:[aà] |au |aux )[^\n]{3,40}|(?:à|a) usage interne|ne rien [eé]crire[^\n]{0,30}|"
    r"(?:espacio |casilla |parte )?(?:reservad[oa] (?:para|a|al) [^\n]{3,40}|(?:para )?uso (?:interno|exclusivo)(?: de[^\n]{3,30})?)|a rellenar por[^\n]{3,40}|"
    r"(?:nur )?(?:f[uü]r )?(?:interne[rn]?|internen) (?:gebrauch|vermerke?|bearbeitung|zwecke?)|(?:wird )?(?:von|vom) [^\n]{3,30} auszuf[uü]llen|bearbeitungsvermerke?|nicht (?:vom kunden )?auszuf[uü]llen)"
    r"[^\n]*(?:\n[^\n]*\S[^\n]*){0,8}",
    re.IGNORECASE | re.MULTILINE,
)
