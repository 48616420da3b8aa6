from __future__ import annotations

from concilia.dunning.models.calls import Call, CallBack
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem

__all__ = ["Call", "CallBack", "Motive", "Owing", "Promise", "PromiseItem"]
