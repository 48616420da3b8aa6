from __future__ import annotations

from concilia.intake.actions.arrivals import (
    ArrivalRefused,
    Incoming,
    entity_for,
    fail_reading,
    keep_arrival,
    mark_arrival,
    read_again,
    receive,
    set_aside,
    settle_arrival,
)
from concilia.intake.actions.choosing import choose_customer, confirm_reading, keep_as_read
from concilia.intake.actions.learning import undo_correction
from concilia.intake.actions.model_access import (
    ModelDraft,
    ModelRefused,
    change_model_access,
    note_asked,
    reserve_call,
)
from concilia.intake.actions.proposing import (
    accept_proposed,
    give_up_proposal,
    record_failure,
    record_proposal,
    want_proposal,
)
from concilia.intake.actions.readings import (
    MailFacts,
    PartFile,
    ReadResult,
    correct_reading,
    record_reading,
)
from concilia.intake.actions.rereading import renew_reading
from concilia.intake.actions.sources import (
    MailboxDraft,
    SourceRefused,
    connect_mailbox,
    disconnect_mailbox,
    note_folder_checked,
    note_mailbox_checked,
    note_mailbox_position,
    unwatch_folder,
    watch_folder,
)
from concilia.intake.actions.statements import accept_bank_file
from concilia.intake.actions.training import train_reader

__all__ = [
    "ArrivalRefused",
    "Incoming",
    "MailFacts",
    "MailboxDraft",
    "ModelDraft",
    "ModelRefused",
    "PartFile",
    "ReadResult",
    "SourceRefused",
    "accept_bank_file",
    "accept_proposed",
    "change_model_access",
    "choose_customer",
    "confirm_reading",
    "connect_mailbox",
    "correct_reading",
    "disconnect_mailbox",
    "entity_for",
    "fail_reading",
    "give_up_proposal",
    "keep_arrival",
    "keep_as_read",
    "mark_arrival",
    "note_asked",
    "note_folder_checked",
    "note_mailbox_checked",
    "note_mailbox_position",
    "read_again",
    "receive",
    "record_failure",
    "record_proposal",
    "record_reading",
    "renew_reading",
    "reserve_call",
    "set_aside",
    "settle_arrival",
    "train_reader",
    "undo_correction",
    "unwatch_folder",
    "want_proposal",
    "watch_folder",
]
