# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Months, weekdays and the words for days to come, on folded text, in five languages."""

from __future__ import annotations

import re
from typing import Final

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
            "tuesday martedi mardi martes dienstag",
            "wednesday mercoledi mercredi miercoles mittwoch",
            "thursday giovedi jeudi jueves donnerstag",
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
        r"(?<!after )tomorrow|(?<!dopo)domani|(?<!apres[- ])demain|(?<!la )(?<!por la )(?<!pasado )manana(?! por| a la)|(?<!guten )\bmorgen\b",
        1,
    ),
    (r"today|tonight|oggi|in giornata|aujourd'?hui|ce jour|\bhoy\b|\bheute\b", 0),
)
COUNTED: Final = re.compile(
    r"\b(?:within|in|entro|tra|fra|sous|dans|d'ici|en|dentro de|innerhalb von|binnen|in den nachsten|"
    r"nel giro di|within the next|in the next|nei prossimi|en los proximos|les prochains|au plus tard dans)\s"
    r"(?:the next |i prossimi |les |los proximos |den nachsten )?"
    r"(\d{1,3}|a|an|one|two|three|four|un|una|uno|due|tre|quattro|une|deux|trois|quatre|dos|tres|cuatro|"
    r"ein|eine|einem|einer|zwei|drei|vier|ten|dieci|dix|diez|zehn|fifteen|quindici|quinze|quince|otto|"
    r"huit|ocho|acht|funf|five|cinque|cinq|cinco|quinzaine)"
    r"\s(days?|weeks?|months?|gg|giorn[io]|settiman[ae]|mes[ei]|jours?|semaines?|mois|dias?|semanas?|"
    r"mes|meses|tage?n?|wochen?|monate?n?|business days|working days|giorni lavorativi|werktagen?)"
)
NUMBER_WORDS: Final = {
    **dict.fromkeys(
        ["a", "an", "one", "un", "una", "uno", "une", "ein", "eine", "einem", "einer"], 1
    ),
    **dict.fromkeys(["two", "due", "deux", "dos", "zwei"], 2),
    **dict.fromkeys(["three", "tre", "trois", "tres", "drei"], 3),
    **dict.fromkeys(["four", "quattro", "quatre", "cuatro", "vier"], 4),
    **dict.fromkeys(["five", "cinque", "cinq", "cinco", "funf"], 5),
    **dict.fromkeys(["otto", "huit", "ocho", "acht"], 8),
    **dict.fromkeys(["ten", "dieci", "dix", "diez", "zehn"], 10),
    **dict.fromkeys(["fifteen", "quindici", "quinze", "quince", "quinzaine"], 15),
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
# `Friday week`, `venerdi della settimana prossima`: a day of the week after this one.
WEEKDAY_NEXT_WEEK: Final = re.compile(
    rf"\b({WEEKDAY})\b(?:'|\u2019)?,?\s(?:(?:of |in )?next week|week\b|della (?:settimana prossima|prossima settimana|settimana che viene)|de la semaine prochaine|"
    r"de la (?:semana que viene|proxima semana|semana proxima)|(?:in )?(?:der )?(?:nachste[rn]?|kommende[rn]?|naechste[rn]?) woche|in einer woche|en huit)"
)
# `venerdi 27`: the weekday only says again which day it is.
WEEKDAY_DAY: Final = re.compile(
    rf"\b(?:{WEEKDAY})\b['\u2019]?,?\s(?:the |den |dem |il |le |el |dia )?(\d{{1,2}})(?:st|nd|rd|th)?\b\.?(?![./:,-]?\d)(?!\s?(?:%|euro|eur|\u20ac|h\b|uhr|ore|o'clock|am\b|pm\b|{MONTH}))"
)
# `nachste Woche Dienstag`: the same the other way round.
NEXT_WEEKS_DAY: Final = re.compile(
    rf"(?:next week|settimana prossima|prossima settimana|semaine prochaine|semana que viene|proxima semana|semana proxima|(?:nachste|kommende|naechste)[rn]? woche),?\s(?:on |am |il |el |le )?({WEEKDAY})\b"
)
