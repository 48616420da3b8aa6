"""A company's own corrections as training: kept only where it is better on cases held out."""

from __future__ import annotations

from concilia.documents.core.adapting import train_on
from concilia.documents.core.memory import Lesson, Memory

PLAIN = {"NC-01": 0.6, "NC-03": 0.3, "NC-05": 0.1}


def a_lesson(number: int, said: str, reason: str, read: dict[str, float] = PLAIN) -> Lesson:
    when = f"2026-11-{1 + number % 28:02}"
    return Lesson(number, said, {"reason": reason}, when=when, scores={"reason": read})


def a_habit(count: int) -> list[Lesson]:
    """What this company's customers call spoiled goods, in ever other words around it."""
    names = ["latte", "uova", "pesce", "farina", "riso", "vino", "olio"]
    spoiled = [
        a_lesson(n, f"scheda verde {names[n % 7]} reparto {names[n % 5]} {names[n % 3]}", "NC-05")
        for n in range(count)
    ]
    missing = [
        a_lesson(n, f"ammanco {names[n % 7]} consegna {names[n % 5]} {names[n % 3]}", "NC-01")
        for n in range(count)
    ]
    return [each for pair in zip(spoiled, missing, strict=True) for each in pair]


def test_what_is_better_on_held_out_cases_is_kept_and_used():
    outcome = train_on(a_habit(20), {})

    figures = outcome.figures["reason"]
    assert (figures.cases, figures.shipped_right) == (40, 20)
    assert figures.trained_right >= 38
    memory = Memory(trained=outcome.questions)
    signals = {"said": "scheda verde zucchero magazzino", "scores": {"reason": PLAIN}}
    learned = memory.recall(signals, {"reason": "NC-01"})
    assert learned["reason"].choice.label == "NC-05"
    assert learned["reason"].lesson is None


def test_what_is_no_better_is_not_kept():
    reasons = ["NC-01", "NC-03"]
    random = [a_lesson(n, f"testo numero{n} parola{n}", reasons[n % 2]) for n in range(40)]

    outcome = train_on(random, {})

    assert not outcome.questions
    assert not outcome.figures["reason"].is_better


def test_what_is_worse_than_the_training_in_use_on_newer_cases_is_not_kept():
    current = train_on(a_habit(20), {}).questions
    turned = [a_lesson(n, f"altro{n} scheda verde", "NC-05") for n in range(10)]
    noise = [a_lesson(n, f"testo{n} parola{n}", ["NC-03", "NC-05"][n % 2]) for n in range(60)]

    figures = train_on([*noise, *turned], current, since="2026-10-31").figures["reason"]

    assert figures.newer == 70
    assert figures.is_better == (
        figures.trained_right > figures.shipped_right
        and figures.newer_right >= figures.current_right
    )


def test_the_same_corrections_give_the_same_training():
    first, second = (train_on(a_habit(12), {}).questions["reason"] for _ in range(2))

    assert (first.weights == second.weights).all()
    assert (first.bias == second.bias).all()


def test_few_lessons_train_nothing():
    assert not train_on(a_habit(5), {}).figures
