"""The sentences of the import in English, Italian, French, Spanish and German, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.intake.core.imports.sentences.cells import CELLS
from concilia.intake.core.imports.sentences.columns import COLUMNS
from concilia.intake.core.imports.sentences.files import FILES
from concilia.intake.core.imports.sentences.news import NEWS
from concilia.intake.core.imports.sentences.rows import ROWS

MONTH_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "it": (
        *("Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno"),
        *("Luglio", "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre"),
    ),
    "fr": (
        *("Janvier", "Février", "Mars", "Avril", "Mai", "Juin"),
        *("Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre"),
    ),
    "es": (
        *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"),
        *("Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}

SENTENCES: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    **CELLS,
    **ROWS,
    **FILES,
    **NEWS,
    **COLUMNS,
}
