"""What a table is and what its columns are, told from names and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, Final

from concilia.intake.core.imports.cells import clean, shown
from concilia.intake.core.imports.conventions import NOTHING, Finding, date_order, decimal_mark
from concilia.intake.core.imports.datasets import DATASETS, Dataset, Field, Kind
from concilia.intake.core.imports.fitting import are_fractions, fit, looks_like_days
from concilia.intake.core.imports.headers import TERMS, known_headers, likeness, words_of
from concilia.intake.core.imports.mappings import DOUBTFUL_BELOW, SURE, Column
from concilia.intake.core.imports.tables import Row, widest
from concilia.intake.core.imports.values import Reading
from concilia.intake.core.imports.words import fold, names_a_total

SAMPLES_SHOWN: Final = 3
HEADER_ROWS_MAX: Final = 40
SCORE_MIN: Final = 55
BY_VALUES: Final = 60
DAYS_OR_DATE: Final = 64
# `Code` and `No.` alone name what the rows are about, where one column is their key.
BY_BARE_NAME: Final = 85
BARE_NAMES: Final = frozenset({("code",), ("number",)})
NUMBER_KINDS: Final = frozenset({Kind.MONEY, Kind.QUANTITY, Kind.PRICE, Kind.PERCENT, Kind.COUNT})
# Values of these kinds say by themselves what they are.
TELLING_KINDS: Final = frozenset({Kind.CURRENCY, Kind.EMAIL, Kind.IBANS})
# Where a comma stands before the cents, the day stands before the month.
COMMA_LANGUAGES: Final = frozenset({"it", "fr", "es", "de"})
KNOWN_MIN: Final = Fraction(3, 5)
NAMED: Final = Fraction(3, 20)
# One field may go by the names of another.
ALSO: Final = {"document_number": ("invoice_number",), "kind": ("document_kind",)}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table seems to be; `dataset` is None where it is none that we know."""

    dataset: Dataset | None
    sure: int
    header_row: int
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """The names of the columns as the file has them."""
        return [column.header for column in self.columns]


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table, its header found."""

    header_row: int
    header: list[str]
    cells: list[list[str]]  # by column


@dataclass(frozen=True, slots=True)
class Guess:
    """One field for one column."""

    score: int
    place: int
    field: Field
    language: str
    why: str = ""


def find_table(sample: Sequence[Row]) -> Table | None:
    """Find the row that names the columns; None where no row does."""
    if not sample:
        return None
    usual = widest(sample)
    best, best_score = -1, Fraction(0)
    for spot, (_, cells) in enumerate(sample[:HEADER_ROWS_MAX]):
        score = _header_score(cells, usual)
        if score > best_score:
            best, best_score = spot, score
    if best < 0:
        return None
    number, cells = sample[best]
    width = len(cells)
    while width and not clean(cells[width - 1]):
        width -= 1
    header = [clean(cell) for cell in cells[:width]]
    body = [row for _, row in sample[best + 1 :] if not names_a_total(row)]
    columns = [[row[place] if place < len(row) else "" for row in body] for place in range(width)]
    return Table(number, header, columns)


def propose(
    table: Table,
    names: Sequence[str] = (),
    remembered: Mapping[str, Any] | None = None,
    dataset: Dataset | None = None,
) -> Proposal:
    """
    Tell what the rows are and what each column becomes.

    :param names: of the file and the sheet
    :param remembered: what a person made of files with this header (`RememberedMapping.mapping`)
    :param dataset: if a person said what the rows are
    """
    if remembered and (dataset is None or dataset.name == remembered["dataset"]):
        return _as_remembered(table, remembered)
    candidates = [dataset] if dataset else list(DATASETS.values())
    hints = " ".join(fold(name) for name in names)
    rated = sorted(
        ((_rate(each, table, hints), n) for n, each in enumerate(candidates)),
        key=lambda pair: (-pair[0][0], pair[1]),
    )
    (score, guesses), n = rated[0]
    found = candidates[n]
    if dataset is None and score < KNOWN_MIN:
        return Proposal(None, 0, table.header_row, _columns(table, None, []))
    margin = score - rated[1][0][0] if len(rated) > 1 else Fraction(1)
    sure = min(SURE, int(100 * min(score, Fraction(1))))
    if margin < Fraction(1, 50) and not dataset:
        sure = min(sure, DOUBTFUL_BELOW - 1)
    return Proposal(found, sure, table.header_row, _columns(table, found, guesses))


def _header_score(cells: Sequence[str], usual: int) -> Fraction:
    filled = [clean(cell) for cell in cells if clean(cell)]
    if len(filled) < 2 or len(filled) * 2 < usual:  # noqa: PLR2004 - a title stands alone
        return Fraction(0)
    known = sum(words_of(text) in known_headers() for text in filled)
    words = sum(any(char.isalpha() for char in text) for text in filled)
    different = len({fold(text) for text in filled})
    if words * 2 < len(filled):
        return Fraction(0)
    return Fraction(3 * known + words + different, 5 * max(usual, len(filled)))


def _rate(dataset: Dataset, table: Table, hints: str) -> tuple[Fraction, list[Guess]]:
    """How well the columns fill this dataset, between 0 and somewhat more than 1."""
    guesses = _assign(_guesses(dataset, table))
    filled = {guess.field.name for guess in guesses}
    needed = len(dataset.required) + bool(dataset.one_of)
    met = sum(name in filled for name in dataset.required)
    met += bool(dataset.one_of) and not filled.isdisjoint(dataset.one_of)
    columns = max(1, sum(bool(name) for name in table.header))
    covered = Fraction(sum(guess.score for guess in guesses), 100 * columns)
    score = Fraction(13, 20) * Fraction(met, needed) + Fraction(7, 20) * covered
    if any(f" {fold(word)} " in f" {hints} " for word in dataset.file_words):
        score += NAMED
    return score, guesses


def _guesses(dataset: Dataset, table: Table) -> list[Guess]:
    out: list[Guess] = []
    for place, header in enumerate(table.header):
        cells = table.cells[place]
        for field in dataset.fields:
            guess = _guess(dataset, field, place, header, cells)
            if guess.score >= SCORE_MIN:
                out.append(guess)
    return out


def _guess(dataset: Dataset, field: Field, place: int, header: str, cells: Sequence[str]) -> Guess:
    likely, language = max(likeness(header, term) for term in _terms(dataset.name, field.name))
    if header == field.name:
        return Guess(SURE, place, field, "en")
    if field.name == "payment_days" and looks_like_days(cells):
        due, spoken = max(likeness(header, term) for term in _terms(dataset.name, "due_date"))
        if due > likely:
            return Guess(min(due, DAYS_OR_DATE), place, field, spoken, "days_or_date")
    if likely < BY_BARE_NAME and dataset.key == (field.name,) and words_of(header) in BARE_NAMES:
        likely = BY_BARE_NAME
    if not likely and field.kind not in TELLING_KINDS:
        return Guess(0, place, field, "")
    return _weighed(Guess(likely, place, field, language), cells)


def _weighed(guess: Guess, cells: Sequence[str]) -> Guess:
    """The same guess after a look at the values: they may say more than the name, or against it."""
    share = fit(guess.field, cells)
    if not guess.score:
        telling = share == 1 and any(map(str.strip, cells))
        return replace(guess, score=BY_VALUES if telling else 0)
    if share >= Fraction(4, 5):
        return guess
    score = guess.score // 2 if share < Fraction(1, 2) else guess.score * 3 // 4
    return replace(guess, score=score, why="values_do_not_fit")


@cache
def _terms(dataset: str, field: str) -> tuple[str, ...]:
    special = f"{dataset}.{field}"
    own = special if special in TERMS["en"] else field
    return (own, *(name for name in ALSO.get(field, ()) if own == field))


def _assign(guesses: list[Guess]) -> list[Guess]:
    """Each column one field and each field one column, the surest first."""
    taken_places: set[int] = set()
    taken_fields: set[str] = set()
    out = []
    for guess in sorted(guesses, key=lambda each: (-each.score, each.place)):
        if guess.place not in taken_places and guess.field.name not in taken_fields:
            taken_places.add(guess.place)
            taken_fields.add(guess.field.name)
            out.append(guess)
    return out


def _columns(table: Table, dataset: Dataset | None, guesses: list[Guess]) -> tuple[Column, ...]:
    by_place = {guess.place: guess for guess in guesses}
    others = _runners_up(dataset, table, by_place) if dataset else {}
    out = []
    for place, header in enumerate(table.header):
        column = Column(place=place, header=header, samples=_samples(table.cells[place]))
        if guess := by_place.get(place):
            named = guess.score == SURE
            column = replace(
                column,
                field=guess.field.name,
                sure=guess.score,
                source="name" if named else "words",
                is_doubtful=guess.score < DOUBTFUL_BELOW,
                why_key=guess.why,
                others=others.get(place, ()),
            )
        out.append(column)
    spoken = Counter(guess.language for guess in guesses if guess.language)
    return _with_readings(table, dataset, out, spoken.most_common(1)[0][0] if spoken else "")


def _runners_up(
    dataset: Dataset, table: Table, by_place: Mapping[int, Guess]
) -> dict[int, tuple[str, ...]]:
    """The other fields a column could be, the likeliest first."""
    out: dict[int, list[tuple[int, str]]] = {}
    for guess in _guesses(dataset, table):
        chosen = by_place.get(guess.place)
        if not chosen or chosen.field.name != guess.field.name:
            out.setdefault(guess.place, []).append((-guess.score, guess.field.name))
    return {place: tuple(name for _, name in sorted(some)[:3]) for place, some in out.items()}


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    different = dict.fromkeys(shown(cell) for cell in cells if cell.strip())
    return tuple(different)[:SAMPLES_SHOWN]


def _with_readings(
    table: Table, dataset: Dataset | None, columns: list[Column], language: str
) -> tuple[Column, ...]:
    """Decide for each column how it writes numbers and dates, and say why."""
    if not dataset:
        return tuple(columns)
    fields = {column.place: dataset.field(column.field) for column in columns if column.field}
    marks = {
        place: decimal_mark(table.cells[place])
        for place, field in fields.items()
        if field.kind in NUMBER_KINDS
    }
    usual = _usual_mark(marks.values(), language)
    out = []
    for column in columns:
        field = fields.get(column.place)
        if field and field.kind in NUMBER_KINDS:
            out.append(_with_mark(column, field, marks[column.place], usual, table))
        elif field and field.kind is Kind.DATE:
            out.append(_with_order(column, date_order(table.cells[column.place]), language))
        else:
            out.append(column)
    return tuple(out)


def _usual_mark(findings: Iterable[Finding], language: str) -> tuple[str, bool]:
    """The mark the other columns use, or the language does; English files come from everywhere."""
    votes = Counter(finding.value for finding in findings if finding.certain)
    if votes:
        return votes.most_common(1)[0][0], True
    return ("," if language in COMMA_LANGUAGES else "."), language in COMMA_LANGUAGES


def _with_mark(
    column: Column, field: Field, finding: Finding, usual: tuple[str, bool], table: Table
) -> Column:
    mark, settled = usual
    cells = table.cells[column.place]
    decimal, is_doubtful, key = finding.value, not finding.certain, finding.key
    if finding is NOTHING or (not finding.certain and settled):
        decimal, is_doubtful, key = mark, False, ""
    reading = Reading(decimal=decimal)
    if field.kind is Kind.PERCENT and field.name == "vat_rate" and are_fractions(cells, decimal):
        reading, key = replace(reading, is_fraction=True), "fractions"
    if field.kind is Kind.COUNT:
        key = ""
    return replace(
        column,
        reading=reading,
        is_doubtful=column.is_doubtful or is_doubtful,
        why_key=column.why_key or key,
        why_args=finding.args if key == finding.key else {},
    )


def _with_order(column: Column, finding: Finding, language: str) -> Column:
    is_doubtful, key = not finding.certain and finding is not NOTHING, finding.key
    if is_doubtful and language in COMMA_LANGUAGES:
        is_doubtful, key = False, "day_first_usual"
    return replace(
        column,
        reading=Reading(order=finding.value or "dmy"),
        is_doubtful=column.is_doubtful or is_doubtful,
        why_key=column.why_key or key,
        why_args=finding.args,
    )


def _as_remembered(table: Table, remembered: Mapping[str, Any]) -> Proposal:
    """What a person decided holds; only how values are written is looked at again."""
    dataset = DATASETS[remembered["dataset"]]
    kept = {int(column["column"]): column for column in remembered["columns"]}
    guesses = [
        Guess(SURE, place, dataset.field(kept[place]["field"]), "")
        for place in range(len(table.header))
        if place in kept and kept[place]["field"]
    ]
    out = []
    for column in _columns(table, dataset, guesses):
        known = kept.get(column.place)
        if known is None:
            out.append(column)
            continue
        reading = column.reading
        if column.is_doubtful or column.why_key == "day_first_usual":
            reading = Reading(
                known.get("decimal") or reading.decimal,
                known.get("order") or reading.order,
                is_fraction=bool(known.get("fraction")),
            )
        out.append(
            replace(column, sure=SURE, source="remembered", is_doubtful=False, reading=reading)
        )
    return Proposal(dataset, SURE, table.header_row, tuple(out))
