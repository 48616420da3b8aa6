"""Number words of five languages, folded, as the pieces they are made of."""

from __future__ import annotations

from typing import Final

# Each line a value and its words; languages share a line, compounds are made of several.
_LINES: Final = """
1 one un una uno une ein eins eine einen
2 two due deux dos zwei zwo
3 three tre trois tres drei
4 four quattro quatre cuatro vier
5 five cinque cinq cinco funf fuenf
6 six sei seis sechs
7 seven sette sept siete sieben
8 eight otto huit ocho acht
9 nine nove neuf nueve neun
10 ten dieci dix diez zehn
11 eleven undici onze once elf
12 twelve dodici douze doce zwolf zwoelf
13 thirteen tredici treize trece dreizehn
14 fourteen quattordici quatorze catorce vierzehn
15 fifteen quindici quinze quince funfzehn fuenfzehn
16 sixteen sedici seize dieciseis sechzehn
17 seventeen diciassette diecisiete siebzehn
18 eighteen diciotto dieciocho achtzehn
19 nineteen diciannove diecinueve neunzehn
20 twenty venti vent vingt vingts veinte veinti zwanzig
30 thirty trenta trent trente treinta dreissig dreizig
40 forty fourty quaranta quarant quarante cuarenta vierzig
50 fifty cinquanta cinquant cinquante cincuenta funfzig fuenfzig
60 sixty sessanta sessant soixante sesenta sechzig
70 seventy settanta settant septante setenta siebzig
80 eighty ottanta ottant huitante octante ochenta achtzig
90 ninety novanta novant nonante noventa neunzig
100 hundred cento cent cents cien ciento hundert
200 doscientos doscientas
300 trescientos trescientas
400 cuatrocientos cuatrocientas
500 quinientos quinientas
600 seiscientos seiscientas
700 setecientos setecientas
800 ochocientos ochocientas
900 novecientos novecientas
1000 thousand mille mila mil tausend
0 and et e y und
"""
VALUES: Final[dict[str, int]] = {
    word: int(line.split()[0]) for line in _LINES.split("\n") if line for word in line.split()[1:]
}
COUNTED_MIN: Final = 2
COUNTED_MAX: Final = 20
COUNT_WORDS: Final[dict[str, int]] = {
    word: value
    for word, value in VALUES.items()
    if COUNTED_MIN <= value <= COUNTED_MAX and word not in {"once", "due", "sei", "vent"}
}
CURRENCY_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(["euro", "euros", "eur", "eurs"], "EUR"),
    **dict.fromkeys(["pounds", "pound", "quid", "sterline", "sterlings", "libras", "pfund"], "GBP"),
    **dict.fromkeys(["dollars", "dollari", "dolares"], "USD"),
    **dict.fromkeys(["franken", "francs", "franchi", "francos"], "CHF"),
}
