"""The words below a mail by which whoever gets it refuses further ones, in five languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.figures import Language

_WORDS: Final[Mapping[Language, str]] = {
    Language.EN: "If you want no more e-mail from us at this address: {link}",
    Language.IT: "Per non ricevere più nostre e-mail a questo indirizzo: {link}",
    Language.FR: "Pour ne plus recevoir d’e-mails de notre part à cette adresse : {link}",
    Language.ES: "Para no recibir más correos nuestros en esta dirección: {link}",
    Language.DE: "Wenn Sie an diese Adresse keine E-Mails mehr von uns möchten: {link}",
}


def way_out(language: str, *, link: str) -> str:
    """Return the sentence; English where we do not speak the language."""
    short = language[:2].lower()
    spoken = Language(short) if short in {each.value for each in Language} else Language.EN
    return _WORDS[spoken].format(link=link)
