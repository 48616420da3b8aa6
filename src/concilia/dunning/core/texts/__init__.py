"""
The words of collections: what is written and said to somebody who has not paid yet.

`compose(key, way, language, facts)` gives a message that is complete, or an error that names what
is missing. Companies may bring their own wordings; `lint` says whether one may be used.
"""

from __future__ import annotations

from concilia.dunning.core.texts.composing import Composed, compose, wording_of
from concilia.dunning.core.texts.facts import Facts, Item, PlanRow, TextIncomplete
from concilia.dunning.core.texts.keys import KEY_OF_TONE, Form, Key, Option, Way, ways_of
from concilia.dunning.core.texts.wording import Wording, WordingInvalid

__all__ = [
    "KEY_OF_TONE",
    "Composed",
    "Facts",
    "Form",
    "Item",
    "Key",
    "Option",
    "PlanRow",
    "TextIncomplete",
    "Way",
    "Wording",
    "WordingInvalid",
    "compose",
    "ways_of",
    "wording_of",
]
