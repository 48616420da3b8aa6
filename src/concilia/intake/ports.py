"""What a language model must do to propose values. Ours and others' are found the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Protocol, Self, runtime_checkable

from concilia.foundation.calling import Network
from concilia.foundation.plugins import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPlace:
    """
    Where a language model answers.

    :param key: what it wants to see from us; empty for none. Never logged, never in a message
    :param networks: addresses outside the public internet that may be called
    :param seconds: the longest a question may take
    :param is_simple: ask with the least that every server understands, without a schema
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    networks: Sequence[Network] = ()
    seconds: float
    is_simple: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What a model is asked: our instructions, apart from them a stranger's text, and the form of
    the answer as JSON Schema.
    """

    instructions: str
    document: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said, as it said it: checked by nobody. `model` is what it calls itself."""

    content: str
    model: str


class Failure(Enum):
    """Why there is no answer, and so what helps."""

    LATER = "LATER"  # nobody there, or too busy: ask again later
    SIMPLER = "SIMPLER"  # it does not take questions of this form: ask simply
    NONSENSE = "NONSENSE"  # it answered, but nothing that can be used: once more at most
    NEVER = "NEVER"  # wrong key, wrong name, an address we do not call: a person must look


class ModelFailed(Exception):
    """
    There is no answer; the message is one sentence for a person, without key or text.

    :param wait_seconds: how long the server wants to be left alone; None if it does not say
    """

    def __init__(self, message: str, failure: Failure, *, wait_seconds: int | None = None) -> None:
        super().__init__(message)
        self.failure, self.wait_seconds = failure, wait_seconds


@runtime_checkable
class LanguageModel(Protocol):
    """
    One way to talk to language models. It is handed a question and hands back text, nothing else:
    it has no tools, and nobody acts on what it says.
    """

    @classmethod
    def placed(cls, place: ModelPlace) -> Self:
        """
        Return a model that answers there.

        :raises ModelFailed: if this can be no place of one
        """
        ...

    def answer(self, question: Question) -> ModelAnswer:
        """
        Ask once, and return what was said.

        :raises ModelFailed: if there is no answer
        """
        ...


LANGUAGE_MODELS: Final[Registry[LanguageModel]] = Registry("concilia.language_models")
