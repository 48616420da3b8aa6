from __future__ import annotations

from concilia.cash.actions.deciding import (
    PersonsLine,
    PersonsSplit,
    post_match,
    post_split,
    reverse_match,
)
from concilia.cash.actions.matching import match_entry, match_statement
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.actions.remittances import register_remittance
from concilia.cash.actions.statements import load_statement
from concilia.cash.core.statements import StatementDraft, StatementEntry, drafts_from

__all__ = [
    "PersonsLine",
    "PersonsSplit",
    "PostingRefused",
    "StatementDraft",
    "StatementEntry",
    "drafts_from",
    "load_statement",
    "match_entry",
    "match_statement",
    "post_match",
    "post_split",
    "register_remittance",
    "reverse_match",
]
