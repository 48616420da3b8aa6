# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Months, weekdays and the words for days to come, on folded text, in five languages."""

from __future__ import annotations

import re
from typing import Final

from concilia.documents.core.lexicon.number_words import COUNT_WORDS

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan gennaio gen janvier janv enero ene januar jaenner janner",
            "february feb febbraio febb fevrier fevr fev febrero febr februar",
            "march mar marzo mars marz maerz mrz",
            "april apr aprile avril avr abril abr",
            "may maggio mag mai mayo",
            "june jun giugno giu juin junio juni",
            "july jul luglio lug juillet juil julio juli",
            "august aug agosto ago aout aou agosto",
            "september sep sept settembre set septembre septiembre setiembre",
            "october oct ottobre ott octobre octubre oktober okt",
            "november nov novembre noviembre",
            "december dec dicembre dic decembre diciembre dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "monday lunedi lundi lunes montag",
            "tuesday tues martedi mardi martes dienstag",
            "wednesday weds mercoledi mercredi miercoles mittwoch",
            "thursday thurs giovedi jeudi jueves donnerstag",
            "friday venerdi vendredi viernes freitag",
            "saturday sabato samedi sabado samstag",
            "sunday domenica dimanche domingo sonntag",
        )
    )
    for name in names.split()
}
MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY: Final = "|".join(WEEKDAYS)
RELATIVE_DAYS: Final = (
    (r"day after tomorrow|dopodomani|apres[- ]demain|pasado manana|ubermorgen|uebermorgen", 2),
    (
        r"(?<!after )tomorrow|(?<!dopo)domani|(?<!apres[- ])demain|(?<!la )(?<!por la )(?<!pasado )(?<!esta )(?<!cada )manana|(?<!guten )\bmorgen\b",
        1,
    ),
    (
        r"today|tonight|stasera|stamattina|oggi|in giornata|aujourd'?hui|ce jour|\bhoy\b|\bheute\b",
        0,
    ),
)
COUNTED: Final = re.compile(
    r"\b(?:within|in|entro|tra|fra|sous|dans|d'ici|en|dentro de|innerhalb von|binnen|in den nachsten|"
    r"nel giro di|within the next|in the next|nei prossimi|en los proximos|les prochains|au plus tard dans)\s"
    r"(?:the next |i prossimi |les |los proximos |den nachsten )?"
    rf"(\d{{1,3}}|a|an|one|un|una|uno|une|ein|eine|einem|einer|{'|'.join(COUNT_WORDS)})"
    r"\s(days?|weeks?|months?|gg|giorn[io]|settiman[ae]|mes[ei]|jours?|semaines?|mois|dias?|semanas?|"
    r"mes|meses|tage?n?|wochen?|monate?n?|business days|working days|giorni lavorativi|werktagen?)"
)
NUMBER_WORDS: Final = {
    **COUNT_WORDS,
    **dict.fromkeys(
        ["a", "an", "one", "un", "una", "uno", "une", "ein", "eine", "einem", "einer"], 1
    ),
}
END_OF_MONTH: Final = re.compile(
    r"(?:end of|by the end of|fine|a fine|entro fine|fin de|fin du|fin|finales de|final de|ende|ende des|"
    r"zum ende des|end)\s(?:of |the |this |current |di |del |el |la |de |des |diesen |dieses |este |ce |"
    r"questo |corrente )*"
    rf"(next month|mese prossimo|prossimo mese|mois prochain|proximo mes|mes que viene|nachsten monats|"
    rf"month|mese|mois|mes|monats?|{MONTH})\b|\bfin de mois\b|\bmonatsende\b|\bfine mese\b|\bmonth[- ]end\b"
)
END_OF_WEEK: Final = re.compile(
    r"end of (?:the |this )?week|fine settimana|entro la settimana|in settimana|questa settimana|"
    r"fin de (?:la )?semaine|cette semaine|fin de semana|esta semana|finales de (?:esta )?semana|"
    r"ende (?:der|dieser) woche|diese woche|wochenende|this week|dieser woche"
)
NEXT_WEEK: Final = re.compile(
    r"next week|(?:la )?(?:settimana prossima|prossima settimana)|semaine prochaine|"
    r"(?:la )?(?:semana que viene|proxima semana|semana proxima)|nachste[rn]? woche|kommende[rn]? woche|"
    r"naechste[rn]? woche"
)
ORDINAL_DAY: Final = re.compile(
    r"\b(?<!depuis )(?<!desde )(?<!since )(?<!seit )(?:on the|by the|il|entro il|le|avant le|d'ici le|el|el dia|el proximo|dia|am|bis zum|zum|bis)\s"
    r"(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s(?:of (?:this|the) month|c\.? ?m|p\.? ?v|del mese|du mois|del mes|"
    r"prossimo|prochain))?(?=[\s,.;!)]|$)(?!\s?(?:%|euro|eur|\u20ac|[a-z]+ ?\d|[./]\d))"
)
# `venerdi della settimana prossima`: a day of the week after this one.
WEEKDAY_NEXT_WEEK: Final = re.compile(
    rf"\b({WEEKDAY})\b(?:'|\u2019)?,?\s(?:(?:of |in )?next week|della (?:settimana prossima|prossima settimana|settimana che viene)|de la semaine prochaine|"
    r"de la (?:semana que viene|proxima semana|semana proxima)|(?:in )?(?:der )?(?:nachste[rn]?|kommende[rn]?|naechste[rn]?) woche)"
)
# `Friday week`, `vendredi en huit`: the one after the next.
WEEKDAY_AFTER: Final = (
    (
        re.compile(
            rf"\b(?:({WEEKDAY})\s(?:week\b|en huit\b|in (?:einer woche|acht tagen))|a week (?:on|from) (?:{WEEKDAY})\b)"
        ),
        7,
    ),
    (
        re.compile(
            rf"\b(?:({WEEKDAY})\s(?:fortnight\b|en quinze\b|in (?:zwei wochen|vierzehn tagen|14 tagen)))"
        ),
        14,
    ),
)
FORTNIGHTS: Final = (
    (r"(?:with)?in a fortnight|a fortnight from (?:today|now)|in a fortnight's time", 14),
    (r"(?:sous|d'ici) (?:une |la )?quinzaine|entro (?:una |la )?quindicina", 15),
    (r"(?:sous|d'ici) (?:une )?huitaine", 8),
)
_NEXT_MONTH: Final = r"next month|(?:del )?(?:mese prossimo|prossimo mese)|mois prochain|(?:del )?(?:mes que viene|proximo mes)|nachsten monats?"
_THIS_MONTH: Final = r"(?:the )?month|mese|mois|mes|monats?"
MIDDLE: Final = re.compile(
    rf"\b(?:mid|(?:the )?middle of|meta|mi|mediados (?:de|del)|mitte)[ -](?:of |di |de |del |des )?({MONTH}|{_NEXT_MONTH}|{_THIS_MONTH})\b|\bmonatsmitte\b"
)
BEGINNING: Final = re.compile(
    rf"\b(?:(?:beginning|start) of|early|inizio|primi di|primi giorni di|debut|primeros de|principios de|anfang|first of|primo|premier|(?:uno|primero) de|ersten?) "
    rf"(?:of |di |de |del |des )?({MONTH}|{_NEXT_MONTH})\b|\bzum ersten\b|\bmonatsanfang\b"
)
END_OF_YEAR: Final = re.compile(
    r"\b(?:end of (?:the |this )?year|year[- ]end|fine (?:dell')?anno|fin (?:d'|de l')annee|(?:fin|final|finales) de(?:l)? ano|jahresende|ende des jahres|ende diesen jahres)\b"
)
CHRISTMAS: Final = re.compile(
    r"\b(?:before|by|until|entro|prima di|avant|antes de|vor|bis) (?:christmas|natale|noel|navidad(?:es)?|weihnachten)\b"
)
WEEK_NUMBER: Final = re.compile(
    r"\b(?:in (?:der )?kw|in (?:calendar )?week|en semaine|nella settimana|en la semana) (\d{1,2})\b"
)
# `venerdi 27`: the weekday only says again which day it is.
WEEKDAY_DAY: Final = re.compile(
    rf"\b(?:(?:{WEEKDAY})\b['\u2019]?|(?:mon|tue|wed|thu|thur|fri|sat|lun|mer|gio|ven|jeu|jue|vie|mie)\b\.?),?\s(?:the |den |dem |il |le |el |dia )?(\d{{1,2}})(?:st|nd|rd|th)?\b\.?(?![./:,-]?\d)(?!\s?(?:%|euro|eur|\u20ac|h\b|uhr|ore|o'clock|am\b|pm\b|{MONTH}))"
)
# `nachste Woche Dienstag`: the same the other way round.
NEXT_WEEKS_DAY: Final = re.compile(
    rf"(?:next week|settimana prossima|prossima settimana|semaine prochaine|semana que viene|proxima semana|semana proxima|(?:nachste|kommende|naechste)[rn]? woche),?\s(?:on |am |il |el |le )?({WEEKDAY})\b"
)
