"""
Read and write a strategy as people write it: one line for each thing it says.

    name Standard
    rest 3
    pause 7
    second 100000
    rule consumers: who consumer -> b2c
    rule large: who business, band C D, stage 31-60 61-90, from 50000 -> firm
    rule all -> b2b
    plan b2b
      -7 email sms T0 courtesy wished
      3 email T1 reminder
      7 call T1 reminder
      10 email letter T2 question offer SHORT_PLAN
    experiment softer: b2b against b2b-soft 20%

What follows a # is a remark. Nothing is guessed: what cannot be read is named with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from concilia.dunning.core.motives import Tone
from concilia.dunning.core.protocol_terms import Offer
from concilia.dunning.core.strategy.terms import (
    BY_PROGRAM,
    Band,
    Experiment,
    Rule,
    Stage,
    Step,
    Strategy,
    Way,
    Who,
)
from concilia.dunning.core.texts.keys import Key, ways_of

TEXT_MAX: Final = 20_000
STEPS_MAX: Final = 40
RULES_MAX: Final = 100
DAYS_MAX: Final = 3_650
DAYS_BEFORE_MAX: Final = 30
NUMBERS: Final = {
    "rest": ("rest_days", 1, 90),
    "pause": ("pause_days", 1, 90),
    "second": ("second_above", 0, 10**12),
}
_NAME: Final = r"[a-z][a-z0-9-]{0,29}"
_RULE: Final = re.compile(rf"rule ({_NAME})(?::(.*?))? *-> *({_NAME})")
_EXPERIMENT: Final = re.compile(rf"experiment ({_NAME}): ({_NAME}) against ({_NAME}) (\d{{1,2}})%")
_PLAN: Final = re.compile(rf"plan ({_NAME})")
_STEP: Final = re.compile(
    r"(-?\d{1,4}) ((?:[a-z]+ )+)T([0-6]) ([a-z][a-z0-9_]{0,39})(?: offer (\w+))?( wished)?"
)
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

TOO_LONG: Final = "This is too long for a strategy."
UNREADABLE: Final = "Line {line}: “{text}” cannot be read."
UNSEEN: Final = "Line {line} contains a sign one cannot see."
TWICE: Final = "Line {line}: “{text}” is there already."
NO_WORD: Final = "Line {line}: “{text}” is not a word it can have here."
NUMBER: Final = "Line {line}: the number must lie between {least} and {most}."
NO_PLAN: Final = "There is no plan “{text}”."
NO_RULES: Final = "There is no rule: nobody would hear from you."
NO_STEPS: Final = "The plan “{text}” has no step."
ORDER: Final = "Plan “{text}”: each step comes on a later day than the one before, and no tone is"
ORDER_WORDS: Final = f"{ORDER} more than one above the one before."
NOTE: Final = "Plan “{text}”: a courtesy note is its first step, T0 with the text courtesy, by"
NOTE_WORDS: Final = f"{NOTE} email, sms or whatsapp; it alone goes before the due date."
NO_TEXT: Final = "Line {line}: there is no text “{text}” for each of these ways."
LAST_RULE: Final = "The last rule must be for everybody, so that nobody is forgotten."
NO_NAME: Final = "The strategy has no name."
SENTENCES: Final = (
    TOO_LONG, UNREADABLE, UNSEEN, TWICE, NO_WORD, NUMBER, NO_PLAN, NO_RULES, NO_STEPS,
    ORDER_WORDS, NOTE_WORDS, NO_TEXT, LAST_RULE, NO_NAME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What must be put right: an English sentence with its values."""

    sentence: str
    values: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True)
class StrategyRead:
    """A strategy as read: None while anything must be put right; `faults` say what."""

    strategy: Strategy | None
    faults: tuple[Fault, ...]


class _Wrong(Exception):
    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}
        self.rules: list[Rule] = []
        self.plans: dict[str, list[Step]] = {}
        self.plan = ""

    def take(self, line: str, written: str) -> None:
        """Take in one line, as it was written and in order."""
        if _UNSEEN.search(written.replace("\t", " ")):
            raise _Wrong(UNSEEN)
        word = line.split(" ", 1)[0]
        if word == "name" and len(line) > len("name "):
            self._say("name", line[5:65].strip())
        elif word in NUMBERS:
            self._number(word, line)
        elif found := _RULE.fullmatch(line):
            self._rule(found[1], found[2] or "", found[3])
        elif found := _PLAN.fullmatch(line):
            self.plan = self._new(found[1], self.plans)
            self.plans[self.plan] = []
        elif found := _EXPERIMENT.fullmatch(line):
            name, plan, challenger, percent = found.groups()
            self._say("experiment", Experiment(name, plan, challenger, int(percent)))
        elif self.plan and (found := _STEP.fullmatch(line)):
            self.plans[self.plan].append(_step(found))
        else:
            raise _Wrong(UNREADABLE, text=line[:60])

    def _say(self, name: str, value: object) -> None:
        self._new(name, self.said)
        self.said[name] = value

    def _new(self, name: str, known: Iterable[str]) -> str:
        if name in known:
            raise _Wrong(TWICE, text=name)
        return name

    def _number(self, word: str, line: str) -> None:
        name, least, most = NUMBERS[word]
        digits = line.partition(" ")[2].strip()
        if not re.fullmatch(r"[0-9]{1,13}", digits):
            raise _Wrong(UNREADABLE, text=line[:60])
        if not least <= int(digits) <= most:
            raise _Wrong(NUMBER, least=least, most=most)
        self._say(name, int(digits))

    def _rule(self, name: str, conditions: str, plan: str) -> None:
        self._new(name, [rule.id for rule in self.rules])
        asked: dict[str, Any] = {}
        for condition in filter(None, (part.strip() for part in conditions.split(","))):
            word, *values = condition.split()
            asked |= _condition(word, values)
        self.rules.append(Rule(id=name, plan=plan, **asked))


def read_strategy(text: str, *, version: int = 0) -> StrategyRead:
    """Read a strategy and prove it: its plans exist, their steps rise, its last rule is for all."""
    if len(text) > TEXT_MAX:
        return StrategyRead(None, (Fault(TOO_LONG),))
    reading, faults = _Reading(), []
    for number, written in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = " ".join(written.partition("#")[0].split())
        try:
            if line:
                reading.take(line, written)
        except _Wrong as wrong:
            faults.append(Fault(wrong.sentence, {"line": number, **wrong.values}))
    if not faults:
        faults += _unsound(reading)
    if faults:
        return StrategyRead(None, tuple(faults[:20]))
    plans = {name: tuple(steps) for name, steps in reading.plans.items()}
    read = Strategy(rules=tuple(reading.rules), plans=plans, version=version, **reading.said)
    return StrategyRead(read, ())


def write_strategy(strategy: Strategy) -> str:
    """Write a strategy; `read_strategy` reads exactly the same again."""
    return "\n".join(_lines(strategy)) + "\n"


def write_rule(rule: Rule) -> str:
    """A rule as its line says it."""
    asked = [
        f"{word} {' '.join(value.value for value in kind if value in values)}"
        for word, kind, values in (
            ("who", Who, rule.who),
            ("band", Band, rule.bands),
            ("stage", Stage, rule.stages),
        )
        if values
    ]
    asked += [f"from {rule.value_from}"] if rule.value_from else []
    return f"rule {rule.id}{': ' if asked else ''}{', '.join(asked)} -> {rule.plan}"


def write_step(step: Step) -> str:
    """A step as its line says it."""
    offer = f" offer {step.offer}" if step.offer else ""
    wished = " wished" if step.wished else ""
    return f"{step.day} {' '.join(step.ways)} T{step.tone.value} {step.template}{offer}{wished}"


def _lines(strategy: Strategy) -> Iterator[str]:
    yield f"name {strategy.name}"
    for word, (name, _least, _most) in NUMBERS.items():
        yield f"{word} {getattr(strategy, name)}"
    yield from map(write_rule, strategy.rules)
    for name, steps in strategy.plans.items():
        yield f"plan {name}"
        yield from (f"  {write_step(step)}" for step in steps)
    if strategy.experiment:
        one = strategy.experiment
        yield f"experiment {one.name}: {one.plan} against {one.challenger} {one.percent}%"


def _condition(word: str, values: Sequence[str]) -> dict[str, Any]:
    if word == "from" and len(values) == 1 and re.fullmatch(r"[0-9]{1,13}", values[0]):
        return {"value_from": int(values[0])}
    kinds = {"who": ("who", Who), "band": ("bands", Band), "stage": ("stages", Stage)}
    if word not in kinds or not values:
        raise _Wrong(NO_WORD, text=word[:40])
    name, kind = kinds[word]
    known = {each.value: each for each in kind}
    for value in values:
        if value not in known:
            raise _Wrong(NO_WORD, text=value[:40])
    return {name: frozenset(known[value] for value in values)}


def _step(found: re.Match[str]) -> Step:
    ways = found[2].split()
    for way in ways:
        if way not in set(Way) or ways.count(way) > 1:
            raise _Wrong(NO_WORD, text=way[:40])
    if found[5] and found[5] not in set(Offer):
        raise _Wrong(NO_WORD, text=found[5][:40])
    day = int(found[1])
    if not 1 <= day <= DAYS_MAX and not -DAYS_BEFORE_MAX <= day <= -1:
        raise _Wrong(NUMBER, least=-DAYS_BEFORE_MAX, most=DAYS_MAX)
    chosen = tuple(Way(way) for way in ways)
    if not _is_written(found[4], chosen):
        raise _Wrong(NO_TEXT, text=found[4])
    tone, wished = Tone(int(found[3])), bool(found[6])
    return Step(day, chosen, tone, found[4], found[5] or "", wished=wished)


def _is_written(template: str, ways: Sequence[Way]) -> bool:
    """Whether the program can write it by each way it goes by itself."""
    mine = {way.value for way in ways if way in BY_PROGRAM}
    return not mine or (template in set(Key) and mine <= {*map(str, ways_of(Key(template)))})


def _unsound(reading: _Reading) -> Iterator[Fault]:
    if not reading.said.get("name"):
        yield Fault(NO_NAME)
    if not reading.rules:
        yield Fault(NO_RULES)
    elif reading.rules[-1] != Rule(reading.rules[-1].id, reading.rules[-1].plan):
        yield Fault(LAST_RULE)
    if len(reading.rules) > RULES_MAX:
        yield Fault(TOO_LONG)
    yield from _unsound_plans(reading)


def _unsound_plans(reading: _Reading) -> Iterator[Fault]:
    named = [rule.plan for rule in reading.rules]
    experiment = reading.said.get("experiment")
    named += [experiment.plan, experiment.challenger] if experiment else []
    yield from (Fault(NO_PLAN, {"text": name}) for name in named if name not in reading.plans)
    for name, steps in reading.plans.items():
        if not steps or len(steps) > STEPS_MAX:
            yield Fault(NO_STEPS if not steps else TOO_LONG, {"text": name})
        elif not _rises(steps):
            yield Fault(ORDER_WORDS, {"text": name})
    yield from (
        Fault(NOTE_WORDS, {"text": name})
        for name, steps in reading.plans.items()
        if not _are_notes(steps)
    )


def _rises(steps: Sequence[Step]) -> bool:
    """Each later, never more than one tone up, none down, and the first a reminder at most."""
    return steps[0].tone <= Tone.REMINDER and all(
        after.day > before.day and before.tone <= after.tone <= before.tone + 1
        for before, after in pairwise(steps)
    )


def _are_notes(steps: Sequence[Step]) -> bool:
    """What goes before the due date, and nothing else, is a courtesy note: one, of few ways."""
    return all(
        (step.day < 0) == (step.tone is Tone.COURTESY) == (step.template == Key.COURTESY)
        and (step.day > 0 or (place == 0 and BY_PROGRAM.issuperset(step.ways)))
        and (step.day < 0 or not step.wished)
        for place, step in enumerate(steps)
    )
