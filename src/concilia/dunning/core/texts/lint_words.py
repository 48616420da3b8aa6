"""The words lints look for, by language; stems match from the start of a word to its end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from concilia.correspondence.core.figures import Language

_EN, _IT, _FR, _ES, _DE = Language.EN, Language.IT, Language.FR, Language.ES, Language.DE
Words = Mapping[Language, re.Pattern[str]]


def _stems(of: Mapping[Language, Sequence[str]]) -> Words:
    return {
        language: re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE)
        for language, words in of.items()
    }


# E1: what says that two people know each other.
RELATION: Final = _stems(
    {
        _EN: ("customer", "client", "partner", "work(?:ing|ed)? (?:\\w+ )*(?:with|together)"),
        _IT: ("client", "collabor", "partner", "lavor\\w+ (?:\\w+ )*(?:con|insieme)"),
        _FR: ("client", "partenaire", "travail\\w* (?:\\w+ )*avec"),
        _ES: ("client", "soci[oa]", "trabaj"),
        _DE: ("kunde", "partner", "zusammenarbeit", "arbeiten (?:\\w+ )*mit"),
    }
)
# E1: what the first sentence is not about. T0: no word of these anywhere.
DEBT: Final = _stems(
    {
        _EN: (
            "debt", "owe[sd]?\\b", "overdue", "past due", "late\\b", "arrear", "outstanding",
            "unpaid", "remind", "missed", "collection",
        ),
        _IT: (
            "debit", "insolut", "scadut", "arretrat", "mora\\b", "moros", "sollecit", "ritard",
            "mancat", "recupero",
        ),
        _FR: ("dette", "impayé", "retard", "arriéré", "relanc", "redevable", "recouvr", "débit"),
        _ES: (
            "deud", "impag", "atras", "retras", "mora\\b", "moros", "vencid", "reclam", "adeud",
        ),
        _DE: ("schuld", "mahn", "überfällig", "rückst", "säum", "verzug", "inkasso", "ausstehend"),
    }
)  # fmt: skip
MONEY: Final = _stems(
    {
        _EN: ("invoice", "amount", "payment", "pay\\b", "paid", "balance"),
        _IT: ("fattur", "import[oi]\\b", "pagament", "pagar", "saldo"),
        _FR: ("factur", "montant", "paiement", "payer", "règlement", "solde"),
        _ES: ("factur", "importe", "pago", "pagar", "saldo"),
        _DE: ("rechnung", "betr[aä]g", "zahlung", "zahlen", "bezahl", "saldo"),
    }
)
# T1 and below: neither interest nor costs.
INTEREST: Final = _stems(
    {
        _EN: ("interest\\b", "fees?\\b", "charges?\\b", "costs?\\b", "penalt", "compensation"),
        _IT: ("interessi\\b", "spes[ae]\\b", "penal[ei]\\b", "commission", "mora\\b", "indennit"),
        _FR: ("intérêts?\\b", "frais\\b", "pénalité", "indemnité"),
        _ES: ("intereses\\b", "gastos?\\b", "recargo", "comisi", "penaliz", "indemniz", "demora"),
        _DE: ("zinsen\\b", "verzugszins", "gebühr", "kosten\\b", "pauschale", "mahnkosten"),
    }
)
# T2 and below, and in a formal notice outside of what the law and `{next_holder}` say.
THREATS: Final = _stems(
    {
        _EN: (
            "legal", "court", "lawyer", "solicitor", "attorney", "collection", "consequence",
            "sue\\b", "enforce", "bailiff", "suspend", "block", "otherwise we will",
        ),
        _IT: (
            "vie legali", "azion[ei] legal", "legale\\b", "avvocat", "tribunal", "giudizi",
            "ingiun", "recupero crediti", "conseguenz", "sospend", "blocc", "esecut",
        ),
        _FR: (
            "avocat", "tribuna", "justice", "judiciaire", "huissier", "commissaire de justice",
            "conséquence", "poursui", "contentieux", "recouvrement", "suspend", "bloqu",
        ),
        _ES: (
            "abogad", "tribunal", "juzgad", "judicial", "demandar", "demanda\\b", "consecuenci",
            "suspend", "bloque", "ejecut",
        ),
        _DE: (
            "gericht", "anwalt", "anwält", "klage\\b", "verklag", "inkasso", "vollstreck",
            "konsequenz", "sperr", "einstell\\w* der lieferung",
        ),
    }
)  # fmt: skip
# Never: what frightens, whatever the case.
FEAR: Final = _stems(
    {
        _EN: ("prison", "jail", "police", "criminal", "seiz", "evict"),
        _IT: ("carcere", "prigion", "polizia", "carabinier", "penalment", "pignor", "sfratt"),
        _FR: ("prison", "police\\b", "pénalement", "saisie", "saisir vos", "expuls"),
        _ES: ("cárcel", "prisión", "policía", "penalmente", "embarg", "desahuci"),
        _DE: ("gefängnis", "haft\\b", "polizei", "strafanzeige", "pfänd", "zwangsräum"),
    }
)
SHAME: Final = _stems(
    {
        _EN: ("asham", "shame", "embarrass", "disgrac", "disappoint", "irresponsib"),
        _IT: ("vergogn", "imbarazz", "delus", "irresponsabil", "scandal"),
        _FR: ("honte", "honteu", "déçu", "décevan", "irresponsab", "scandal"),
        _ES: ("vergüenza", "vergonz", "decepcion", "irresponsab", "escándal"),
        _DE: ("schäm", "schande", "enttäusch", "verantwortungslos", "peinlich"),
    }
)
# Nobody else is told, and nobody is threatened with it.
THIRD_PARTY: Final = _stems(
    {
        _EN: (
            "employer", "neighbo", "relatives", "family", "publish", "public list", "credit bureau",
            "blacklist", "social media",
        ),
        _IT: (
            "datore di lavoro", "vicini\\b", "parenti", "famiglia", "pubblicher", "centrale rischi",
            "lista nera", "social\\b",
        ),
        _FR: (
            "employeur", "voisin", "proches\\b", "famille", "publier", "fichier des", "liste noire",
            "réseaux sociaux",
        ),
        _ES: (
            "empleador", "empresa donde trabaja", "vecin", "familia", "publicar", "fichero de",
            "lista negra", "redes sociales",
        ),
        _DE: (
            "arbeitgeber", "nachbar", "verwandt", "famili", "veröffentlich", "schufa", "auskunftei",
            "schwarze liste", "soziale medien",
        ),
    }
)  # fmt: skip
THANKS: Final = _stems(
    {
        _EN: ("thank", "sympathy", "condolence"),
        _IT: ("grazi", "ringrazi", "partecipazione"),
        _FR: ("merci", "remerci", "sympathie"),
        _ES: ("gracias", "agradec", "pésame"),
        _DE: ("dank", "bedank", "anteilnahme"),
    }
)
# E9: the note afterwards holds facts.
FACTS: Final = _stems(
    {
        _EN: ("facts?\\b",),
        _IT: ("fatt[io]\\b",),
        _FR: ("faits?\\b",),
        _ES: ("hechos?\\b",),
        _DE: ("tatsache", "fakten"),
    }
)
CAPITALS: Final = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]{4,}\b")
# Names in capitals that shout at nobody.
CAPITALS_MEANT: Final = frozenset({"IBAN", "SEPA", "LRAR", "MASC", "UNEP"})


def found(words: Words, text: str, language: Language) -> tuple[str, ...]:
    """Return the words of a kind that stand in a text, in small letters, each once."""
    return tuple(dict.fromkeys(word.lower() for word in words[language].findall(text)))
