"""The same thing as somebody else would have typed it: greetings, typing errors, no accents …"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from concilia.documents.core.classifier.material import Text

Frames = Mapping[str, Sequence[str]]

FRAMED = 0.6  # how often a text gets words around it, and each of those then
FILLED = 0.6
GREETED = 0.7
CLOSED = 0.7
OTHER_SUBJECT = 0.35
REMINDER_SUBJECT = 0.5
ANSWERED_REMINDER = 0.5
ANSWERED_SOMETHING = 0.2
COMMAS_LOST = 0.7
WORDS_PER_ERROR = 12
WORD_LETTERS_MIN = 5
SUBJECT_WORDS = 6


def vary(text: Text, frames: Frames, chance: random.Random) -> Text:
    """Return a text as another person would have sent it; what it is stays the same."""
    body = text.body
    if frames and chance.random() < FRAMED:
        body = _framed(body, frames, chance)
    subject = _subject(text, frames, chance)
    for act, likely in ACTS:
        if chance.random() < likely:
            body = act(body, chance)
            if act not in FOR_BODIES:
                subject = act(subject, chance)
    return replace(text, body=body + _history(text, frames, chance), subject=subject)


def _framed(body: str, frames: Frames, chance: random.Random) -> str:
    pieces = [body]
    if frames.get("filler") and chance.random() < FILLED:
        pieces.insert(chance.choice((0, 1)), chance.choice(frames["filler"]))
    if frames.get("greeting") and chance.random() < GREETED:
        pieces.insert(0, chance.choice(frames["greeting"]))
    if frames.get("closing") and chance.random() < CLOSED:
        pieces.append(chance.choice(frames["closing"]))
    return "\n".join(pieces)


def _subject(text: Text, frames: Frames, chance: random.Random) -> str:
    known = frames.get("reminder_subject") if text.kind == "payment_reply" else None
    if known and chance.random() < REMINDER_SUBJECT:
        return chance.choice(known)
    if chance.random() < OTHER_SUBJECT:
        return "" if text.subject else " ".join(text.body.split()[:SUBJECT_WORDS])
    return text.subject


def _history(text: Text, frames: Frames, chance: random.Random) -> str:
    """What the message answers, quoted below it: a reminder of ours, or something else."""
    answers = text.kind == "payment_reply"
    likely = ANSWERED_REMINDER if answers else ANSWERED_SOMETHING
    if not frames.get("attribution") or chance.random() >= likely:
        return ""
    told = chance.choice(frames["reminder" if answers else "sent"])
    return f"\n\n{chance.choice(frames['attribution'])}\n> {told}"


def _plain(text: str, _: random.Random) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _lower(text: str, _: random.Random) -> str:
    return text.lower()


def _upper(text: str, _: random.Random) -> str:
    return text.upper()


def _hurried(text: str, chance: random.Random) -> str:
    return "".join(
        " " if char in ",;:" and chance.random() < COMMAS_LOST else char for char in text
    )


def _mistyped(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(max(1, len(words) // WORDS_PER_ERROR)):
        index = chance.randrange(len(words))
        word = words[index]
        if len(word) >= WORD_LETTERS_MIN and word.isalpha():
            at = chance.randrange(1, len(word) - 1)
            words[index] = chance.choice(
                (
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at] + word[at:],
                )
            )
    return " ".join(words)


ACTS: Sequence[tuple[Callable[[str, random.Random], str], float]] = (
    (_plain, 0.3),
    (_mistyped, 0.4),
    (_lower, 0.2),
    (_upper, 0.06),
    (_hurried, 0.2),
)
FOR_BODIES = frozenset({_mistyped, _hurried})
