"""What cannot be done, in one sentence that can be read in every language."""

from __future__ import annotations


class Refused(ValueError):
    """
    An act cannot be done as asked; nothing was changed.

    `sentence` is English with `{names}` for what differs (marked with `gettext_noop` where it is
    raised, so that pages can translate it); `values` fill it in. `str()` is the English whole.
    """

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values
