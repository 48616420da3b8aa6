from __future__ import annotations

from concilia.reporting.actions.taking import take_figures

__all__ = ["take_figures"]
