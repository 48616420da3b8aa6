from __future__ import annotations

from concilia.cash.actions.aliases import add_alias, remove_alias
from concilia.cash.actions.aside import set_aside
from concilia.cash.actions.asking import PaymentQuestion, ask_about_payment
from concilia.cash.actions.deciding import (
    Confirmed,
    post_each,
    post_match,
    post_proposals,
    post_split,
)
from concilia.cash.actions.exporting import (
    ExportRefused,
    change_payment_export,
    goes_to_erp,
    order_payments,
    order_reversals,
)
from concilia.cash.actions.matching import match_entry, match_statement
from concilia.cash.actions.placing import (
    PersonsJoin,
    join_remittance,
    part_remittance,
    place_after_statement,
    place_remittance,
)
from concilia.cash.actions.posting import ItemsChanged, PostingRefused
from concilia.cash.actions.reallocating import (
    accept_reallocation,
    dismiss_reallocation,
    reconsider_payment,
)
from concilia.cash.actions.remittances import register_remittance
from concilia.cash.actions.reversing import reverse_match, settle_return
from concilia.cash.actions.rules import (
    accept_rule,
    change_rule,
    end_rule,
    restore_rule,
    write_rule,
)
from concilia.cash.actions.simulating import (
    Asked,
    SimulationRefused,
    ask_simulation,
    cancel_simulation,
    fail_simulation,
    simulate,
)
from concilia.cash.actions.statements import load_statement
from concilia.cash.actions.thresholds import ThresholdsRefused, change_thresholds
from concilia.cash.core.splits import PersonsLine, PersonsSplit
from concilia.cash.core.statements import StatementDraft, StatementEntry, drafts_from

__all__ = [
    "Asked",
    "Confirmed",
    "ExportRefused",
    "ItemsChanged",
    "PaymentQuestion",
    "PersonsJoin",
    "PersonsLine",
    "PersonsSplit",
    "PostingRefused",
    "SimulationRefused",
    "StatementDraft",
    "StatementEntry",
    "ThresholdsRefused",
    "accept_reallocation",
    "accept_rule",
    "add_alias",
    "ask_about_payment",
    "ask_simulation",
    "cancel_simulation",
    "change_payment_export",
    "change_rule",
    "change_thresholds",
    "dismiss_reallocation",
    "drafts_from",
    "end_rule",
    "fail_simulation",
    "goes_to_erp",
    "join_remittance",
    "load_statement",
    "match_entry",
    "match_statement",
    "order_payments",
    "order_reversals",
    "part_remittance",
    "place_after_statement",
    "place_remittance",
    "post_each",
    "post_match",
    "post_proposals",
    "post_split",
    "reconsider_payment",
    "register_remittance",
    "remove_alias",
    "restore_rule",
    "reverse_match",
    "set_aside",
    "settle_return",
    "simulate",
    "write_rule",
]
