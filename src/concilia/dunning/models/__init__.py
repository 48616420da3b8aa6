from __future__ import annotations

from concilia.dunning.models.letters import Letter, Letterhead
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem
from concilia.dunning.models.texts import OwnText

__all__ = ["Letter", "Letterhead", "Motive", "Owing", "OwnText", "Promise", "PromiseItem"]
