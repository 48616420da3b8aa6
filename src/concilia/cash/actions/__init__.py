from __future__ import annotations

from concilia.cash.actions.aliases import add_alias, remove_alias
from concilia.cash.actions.aside import set_aside
from concilia.cash.actions.asking import PaymentQuestion, ask_about_payment
from concilia.cash.actions.deciding import Confirmed, post_match, post_proposals, post_split
from concilia.cash.actions.matching import match_entry, match_statement
from concilia.cash.actions.posting import ItemsChanged, PostingRefused
from concilia.cash.actions.remittances import register_remittance
from concilia.cash.actions.reversing import reverse_match, settle_return
from concilia.cash.actions.rules import (
    accept_rule,
    change_rule,
    end_rule,
    restore_rule,
    write_rule,
)
from concilia.cash.actions.statements import load_statement
from concilia.cash.actions.thresholds import ThresholdsRefused, change_thresholds
from concilia.cash.core.splits import PersonsLine, PersonsSplit
from concilia.cash.core.statements import StatementDraft, StatementEntry, drafts_from

__all__ = [
    "Confirmed",
    "ItemsChanged",
    "PaymentQuestion",
    "PersonsLine",
    "PersonsSplit",
    "PostingRefused",
    "StatementDraft",
    "StatementEntry",
    "ThresholdsRefused",
    "accept_rule",
    "add_alias",
    "ask_about_payment",
    "change_rule",
    "change_thresholds",
    "drafts_from",
    "end_rule",
    "load_statement",
    "match_entry",
    "match_statement",
    "post_match",
    "post_proposals",
    "post_split",
    "register_remittance",
    "remove_alias",
    "restore_rule",
    "reverse_match",
    "set_aside",
    "settle_return",
    "write_rule",
]
