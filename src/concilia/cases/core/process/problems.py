"""What is wrong with a definition: a code, where, and the words that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One thing to put right; pages say it in the reader's language.

    `line` counts from 1, 0 where no single line is to blame; `step` names the step or group.
    """

    code: str
    line: int = 0
    step: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = ", ".join(f"{name} {value}" for name, value in self.values.items())
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.code} {self.step} {said}".strip()
