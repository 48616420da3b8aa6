from __future__ import annotations

from concilia.intake.actions.imports.running import import_folder

__all__ = ["import_folder"]
