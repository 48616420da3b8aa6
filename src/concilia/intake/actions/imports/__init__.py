from __future__ import annotations

from concilia.intake.actions.imports.checking import check_import_file
from concilia.intake.actions.imports.deciding import (
    cancel_import,
    leave_out_file,
    repair_value,
    set_mapping,
)
from concilia.intake.actions.imports.inbox import hand_to_inbox
from concilia.intake.actions.imports.queueing import check_later, save_later
from concilia.intake.actions.imports.running import import_folder, rehearse_import
from concilia.intake.actions.imports.runs import ImportRefused
from concilia.intake.actions.imports.saving import save_import_file
from concilia.intake.actions.imports.starting import start_import

__all__ = [
    "ImportRefused",
    "cancel_import",
    "check_import_file",
    "check_later",
    "hand_to_inbox",
    "import_folder",
    "leave_out_file",
    "rehearse_import",
    "repair_value",
    "save_import_file",
    "save_later",
    "set_mapping",
    "start_import",
]
