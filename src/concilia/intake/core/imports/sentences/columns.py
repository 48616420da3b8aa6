"""Sentences about how a column is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "day_first": (
        "day first: {value} is no month",
        "prima il giorno: {value} non è un mese",
        "le jour d'abord: {value} n'est pas un mois",
        "primero el día: {value} no es un mes",
        "Tag zuerst: {value} ist kein Monat",
    ),
    "month_first": (
        "month first: {value} is no month",
        "prima il mese: {value} non è un mese",
        "le mois d'abord: {value} n'est pas un mois",
        "primero el mes: {value} no es un mes",
        "Monat zuerst: {value} ist kein Monat",
    ),
    "day_or_month": (
        "day or month first? {value} can be read both ways",
        "prima il giorno o il mese? {value} si legge nei due modi",
        "jour ou mois d'abord? {value} se lit des deux façons",
        "¿primero el día o el mes? {value} se lee de las dos formas",
        "Tag oder Monat zuerst? {value} geht auf beide Arten",
    ),
    "day_first_usual": (
        "day first, as usual with these words",
        "prima il giorno, come d'uso in questa lingua",
        "le jour d'abord, comme d'usage dans cette langue",
        "primero el día, como es habitual en este idioma",
        "Tag zuerst, wie in dieser Sprache üblich",
    ),
    "year_first": (
        "year first",
        "prima l'anno",
        "l'année d'abord",
        "primero el año",
        "Jahr zuerst",
    ),
    "day_numbers": (
        "day numbers of a spreadsheet",
        "numeri di giorno di un foglio di calcolo",
        "numéros de jour d'un tableur",
        "números de día de una hoja de cálculo",
        "Tageszahlen einer Tabelle",
    ),
    "days_or_date": (
        "days, or a due date?",
        "giorni o data di scadenza?",
        "des jours ou une échéance?",
        "¿días o fecha de vencimiento?",
        "Tage oder ein Fälligkeitsdatum?",
    ),
    "comma_for_cents": (
        "comma for cents",
        "virgola per i centesimi",
        "virgule pour les centimes",
        "coma para los céntimos",
        "Komma für Cent",
    ),
    "point_for_cents": (
        "point for cents",
        "punto per i centesimi",
        "point pour les centimes",
        "punto para los céntimos",
        "Punkt für Cent",
    ),
    "thousands_or_cents": (
        "is {value} more than a thousand, or has it three decimals?",
        "{value} supera il migliaio o ha tre decimali?",
        "{value}: plus de mille, ou trois décimales?",
        "¿{value} supera el millar o tiene tres decimales?",
        "ist {value} mehr als tausend, oder sind es drei Nachkommastellen?",
    ),
    "fractions": (
        "0.22 means 22 %",
        "0,22 significa 22 %",
        "0,22 signifie 22 %",
        "0,22 significa 22 %",
        "0,22 heißt 22 %",
    ),
    "values_do_not_fit": (
        "the name fits, the values do not",
        "il nome corrisponde, i valori no",
        "le nom convient, les valeurs non",
        "el nombre encaja, los valores no",
        "der Name passt, die Werte nicht",
    ),
}
