"""
The people at the customers: those the story names, and for the rest a name from their country.
"""
# ruff: noqa: E501 - a name list is one row

from __future__ import annotations

import unicodedata

from concilia.interfaces.cli.company.shapes import Person

NAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "frischmarkt": (("Jens Albers", "accounts payable"), ("Silke Harms", "buyer")),
    "lindner": (("Katrin Sommer", "accounts payable"), ("Georg Aigner", "goods in")),
    "kornhaus": (("Miriam Vogt", "accounts payable"), ("Tobias Rehm", "buyer")),
    "dorval": (("Hélène Garnier", "accounts payable"), ("Paul Rebuffat", "warehouse")),
    "marceau": (("Camille Thévenot", "accounts payable"), ("Antoine Besson", "category manager")),
    "laribera": (("Pilar Escartín", "accounts payable"), ("Jorge Lahoz", "logistics")),
    "peralta": (("Rosa Villanueva", "accounts payable"), ("Andrés Cobo", "buyer")),
    "hartley": (("Fiona Lister", "accounts payable"), ("Mark Oldroyd", "depot manager")),
    "thornbury": (("Gareth Pugh", "accounts payable"), ("Susan Dyer", "buyer")),
    "valdarno": (("Patrizia Sacchetti", "accounts payable"), ("Franco Brandi", "buyer")),
    "bonfanti": (("Ornella Pesenti", "accounts payable"), ("Ivan Locatelli", "goods in")),
    "sestri": (("Rita Bregante", "owner"),),
    "greco": (("Antonio Greco", "owner"),),
    "montescuro": (("Luigi Oddone", "owner"),),
}

GIVEN: dict[str, tuple[str, ...]] = {
    "IT": ("Alessia", "Bruno", "Carla", "Dario", "Emma", "Fabio", "Gemma", "Igor", "Lorena", "Nicola", "Sandra", "Tullio"),
    "DE": ("Anke", "Bernd", "Claudia", "Dirk", "Elke", "Frank", "Gesa", "Holger", "Inga", "Jörg", "Maren", "Uwe"),
    "FR": ("Aline", "Benoît", "Cécile", "Denis", "Élodie", "Fabrice", "Gaëlle", "Hugo", "Inès", "Julien", "Maud", "Yvan"),
    "ES": ("Amparo", "Borja", "Celia", "Diego", "Elvira", "Fermín", "Gloria", "Iván", "Lourdes", "Nuria", "Óscar", "Teresa"),
    "GB": ("Amy", "Brian", "Carol", "Derek", "Emily", "Frances", "Graham", "Holly", "Ian", "Joanne", "Neil", "Pauline"),
}  # fmt: skip
FAMILY: dict[str, tuple[str, ...]] = {
    "IT": ("Bertola", "Caneva", "Donati", "Fossati", "Gandini", "Lazzari", "Molinari", "Perego", "Quaglia", "Rinaldi", "Salvetti", "Tosetti"),
    "DE": ("Ahlers", "Brandt", "Claussen", "Dreyer", "Eckert", "Fromm", "Gerdes", "Hinrichs", "Jansen", "Köster", "Lüders", "Wegener"),
    "FR": ("Aubertin", "Bonnefoy", "Chauvet", "Delorme", "Estève", "Fauré", "Guérin", "Huchet", "Joubert", "Laffont", "Morvan", "Pichon"),
    "ES": ("Arnedo", "Bermejo", "Casado", "Delgado", "Esteban", "Fuentes", "Galindo", "Herrero", "Izquierdo", "Lozano", "Marín", "Pascual"),
    "GB": ("Ashworth", "Barlow", "Cartwright", "Denham", "Ellwood", "Fairclough", "Garside", "Hurst", "Illingworth", "Langley", "Norris", "Pickering"),
}  # fmt: skip
DIALS = {
    "IT": "+39 0{area} 99{line}",
    "DE": "+49 {area}9 990{line}",
    "FR": "+33 1 99 00 {area} {line}",
    "ES": "+34 9{area} 990 {line}",
    "GB": "+44 20 7946 0{line}",
}
SHARED_BOX = {"IT": "amministrazione", "DE": "buchhaltung", "FR": "comptabilite", "ES": "administracion", "GB": "accounts"}  # fmt: skip
LANGUAGES = {"IT": "it", "DE": "de", "FR": "fr", "ES": "es", "GB": "en"}


def plain(text: str) -> str:
    """Write a name as the part of an address before the @ would have it."""
    folded = (
        text.lower().replace("ö", "oe").replace("ü", "ue").replace("ä", "ae").replace("ß", "ss")
    )
    letters = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return letters.replace(" ", ".").replace("'", "")


def people_of(slug: str, country: str, domain: str, serial: int) -> tuple[Person, ...]:
    """Give a customer's contacts: who writes to us first, then others, last the shared mailbox."""
    named = NAMED.get(slug) or (
        (
            f"{GIVEN[country][serial * 5 % 12]} {FAMILY[country][(serial * 7 + serial // 12) % 12]}",
            "accounts payable",
        ),
    )
    dial = DIALS[country]
    language = LANGUAGES[country]
    people = [
        Person(
            name=name,
            email=f"{plain(name)}@{domain}",
            phone=dial.format(
                area=f"{11 + serial % 80}", line=f"{(serial * 37 + n * 11) % 90 + 10}"
            ),
            role=role,
            language=language,
        )
        for n, (name, role) in enumerate(named)
    ]
    people.append(Person("", f"{SHARED_BOX[country]}@{domain}", "", "invoices", language))
    return tuple(people)
