"""Outcomes of a process, which its author names, as words on a page."""

from __future__ import annotations


def outcome_words(outcome: str) -> str:
    """An outcome as its author named it, as a word to read: `not-ours` is *Not ours*."""
    return outcome.replace("-", " ").replace("_", " ").capitalize()
