# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words beside numbers without a label that say whose or what they are, on folded text."""

from __future__ import annotations

import re
from typing import Final

# A charge of the writer's in the same sentence: the number is that of their claim.
CHARGE: Final = re.compile(
    r"\b(?:our charge|(?<!en )charge|penalty|chargeback|penale|addebito|trattenuta|belastung|ponale|abzug|kurzung|penalite|retenue|cargo|penalizacion|quote|scorecard)\b"
)
# The next number of a list follows.
LISTED: Final = re.compile(r"\s?(?:,|and|und|et|e|y|&|\+)\s\d{4,}(?![\w.,]\d)")
# `your 1110`: a paper of ours.
YOURS: Final = re.compile(
    r"\b(?:your|yours|ihrer?|ihren?|deiner?|vostr[ao]|sua|vs\.?|votre|vuestra|su|tu)(?:\s(?:n[.o\u00b0]*|no\.|nr\.))?\s?$"
)
# Batches, recalls and models are no papers.
NO_PAPER_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:recalls?|ruckrufs?|richiamo|rappel(?: de lot)?|retirada|alerta|lot|lotto|lote|batch|charge|los|mhd|lots|chargen|serial|modell?o?|typ|type)"
    r"(?: (?:no|nr|n)\.?)?[ :]*$"
)
# `It should read …`: the word for the paper is in the sentence before.
READS: Final = re.compile(
    r"^\W*(?:it|this|that|er|sie|es|esso|dovrebbe|deve|il|elle|ce|debe|deberia|se)\b[^.]{0,40}\b(?:be|read|is|lauten|lautet|heissen|sein|essere|etre|ser|est|e|es)\b[^.]{0,15}$"
)
# What joins a number to a word for a paper behind it: `4410 is our customer number`.
LINK: Final = re.compile(
    r"[ \t]?[(=,:-]?[ \t]?(?:(?:is|was|c'est|cest|ist|war|hiess?|heiss?t|lautet|e|era|est|etait|es|era|as|als|come|comme|como)\s)?"
    r"(?:(?:the|our|my|your|number of|numero (?:del?|dell[ao])|nummer|die|der|das|unsere?|meine?|mein|ihre?|la|il|le|el|mi[ao]?|nostr[oa]|notre|ma|mon|nuestr[oa]|su|n\.?|no\.?)\s)*"
    r"(?:(?:old|former|altes?|neues?|vecchi[oa]|ancien(?:ne)?|antigu[oa])\s)?"
)
# Years, quarters, days and ordinals.
PERIOD: Final = re.compile(
    r"(?:19|20)\d\d[/-](?:19|20)?\d\d|\d{1,2}[/-](?:19|20)\d\d|\d{1,2}-\d{1,2}|\d+[a-z]{1,2}|[A-Za-z]\d{1,2}/\d{2,4}|\d+\.(?:er|\u00aa|\u00ba|o|a)"
)
# A number that something stands on, or is missing on, is an invoice's.
UPON: Final = re.compile(
    r"(?:is|are|was|n't|not|missing|shown|applied|nicht|fehlt|fehlen|steht|stehen|non|manca|mancano|pas|manque|falta|faltan|no) (?:on|from|auf|in|sulla|nella|sur|en|dans) $"
    r"|(?<![a-z])(?:en la|sulla|nella|sur la|dans la|auf der) $"
)
# `your note ND-26-0091`
YOUR_NOTE: Final = re.compile(
    r"(?<![a-z])(?:your|ihrer?|ihren?|vostr[ao]|vs\.?|votre|vuestra|su) (?:note|debit note|nota|nota di addebito|belastung|schreiben|lastschrift) (?:n[.o\u00b0]*|no\.|nr\.)?\s?$"
)
# `consegna del 16`: what is so short after such a word is a day, a count, an hour.
DAY_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:del|dell'|du|des|vom|der|die|the|of|de|di|for|in|a|per|von|la|le|les|el|los|las|il|den)\s*$"
)
# A number that is called one, however short: `fattura n. 9`.
NUMBERED: Final = re.compile(
    r"(?:\bn\.|\bno\.|\bnr\.?|n[\u00b0\u00ba]|\bnumero|\bnumber|\bnummer)\s*$", re.IGNORECASE
)
# After two groups of digits: a word for what is counted, `2 084 cahiers`.
PLURAL_AFTER: Final = re.compile(
    r" (?!(?:vom|del|dell|dated|from|est|ist|und|and|para|que|qui|che)\b)[a-z\u00df-\u00ff]{4,}"
)
