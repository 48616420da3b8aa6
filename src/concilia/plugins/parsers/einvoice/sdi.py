"""
Notices of the Italian exchange system (SdI) about FatturaPA files, of both schema families.

Only the customer's refusal (`EC02`, public bodies) contests. A file the SdI itself refuses was
never issued (R-4.20): it is no claim, but somebody must send it again, so it ends in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concilia.plugins.parsers.einvoice.nodes import Node, any_words, day, every, first, words
from concilia.plugins.parsers.einvoice.notices import Notice, Said, Why

TITLES: Final = {
    "RicevutaConsegna": "Ricevuta di consegna",
    "RicevutaScarto": "Ricevuta di scarto",
    "NotificaScarto": "Notifica di scarto",
    "RicevutaImpossibilitaRecapito": "Ricevuta di impossibilità di recapito",
    "NotificaMancataConsegna": "Notifica di mancata consegna",
    "NotificaEsito": "Notifica di esito",
    "NotificaEsitoCommittente": "Notifica di esito committente",
    "ScartoEsitoCommittente": "Scarto esito committente",
    "NotificaDecorrenzaTermini": "Notifica di decorrenza termini",
    "AttestazioneTrasmissioneFattura": "Attestazione di trasmissione con impossibilità di recapito",
    "MetadatiInvioFile": "Metadati di invio file",
    "FileMetadati": "Metadati di invio file",
}  # fmt: skip
STATUSES: Final = {
    "RicevutaConsegna": "consegnata",
    "RicevutaScarto": "scartata",
    "NotificaScarto": "scartata",
    "RicevutaImpossibilitaRecapito": "non recapitata, messa a disposizione",
    "NotificaMancataConsegna": "non consegnata",
    "NotificaDecorrenzaTermini": "termini decorsi",
    "AttestazioneTrasmissioneFattura": "trasmessa, non recapitata",
    "ScartoEsitoCommittente": "esito del committente scartato",
}
OUTCOMES: Final = {"EC01": "accettata", "EC02": "rifiutata"}
REFUSED: Final = "EC02"
REJECTIONS: Final = frozenset({"RicevutaScarto", "NotificaScarto"})
HEAD: Final = (
    ("Identificativo SdI", ("IdentificativoSdI",)),
    ("File", ("NomeFile",)),
    ("Ricevuto", ("DataOraRicezione",)),
    ("Consegnato", ("DataOraConsegna",)),
    ("A disposizione dal", ("DataMessaADisposizione",)),
    ("Destinatario", ("Destinatario", "Descrizione")),
)


def read_sdi(root: Node, name: str) -> tuple[Notice, tuple[str, ...]]:
    """
    Return the notice, and in words what must be done about it.

    :param name: the root's local name, which is the kind of notice
    """
    outcome = first(root, "EsitoCommittente")
    source = outcome if outcome is not None else root
    code = words(source, "Esito") or words(root, "EsitoCommittente", "Esito")
    status = OUTCOMES.get(code or "", STATUSES.get(name, ""))
    errors = tuple(_errors(root))
    notice = Notice(
        kind="claim" if code == REFUSED else "other",
        title=TITLES[name],
        status=Said("Stato", code or status or "informazione", f"({status})" if code else ""),
        head=tuple(_head(root)),
        documents=tuple(_documents(source)),
        whys=errors,
        notes=tuple(_notes(root, source)),
        date=day(any_words(root, ("DataOraRicezione",), ("DataOraConsegna",))),
    )
    return notice, tuple(_warnings(root, name, errors))


def _head(root: Node) -> Iterator[Said]:
    for label, names in HEAD:
        if value := words(root, *names):
            yield Said(label, value)


def _documents(source: Node) -> Iterator[tuple[str, Said]]:
    for node in every(source, "RiferimentoFattura"):
        year = words(node, "AnnoFattura")
        if value := words(node, "NumeroFattura"):
            yield "invoice", Said("Fattura", value, f"del {year}" if year else "")


def _errors(root: Node) -> Iterator[Why]:
    for node in every(root, "ListaErrori", "Errore"):
        hint = words(node, "Suggerimento")
        yield Why(None, words(node, "Codice"), words(node, "Descrizione"), (hint,) if hint else ())


def _notes(root: Node, source: Node) -> Iterator[str]:
    seen = set()
    for node in (*every(source, "Descrizione"), *every(root, "Descrizione"), *every(root, "Note")):
        said = words(node)
        if said and said not in seen:
            seen.add(said)
            yield said


def _warnings(root: Node, name: str, errors: tuple[Why, ...]) -> Iterator[str]:
    if name not in REJECTIONS:
        return
    file = words(root, "NomeFile") or "?"
    why = "; ".join(" ".join(each for each in (e.code, e.name) if each) for e in errors[:5])
    yield f"the exchange system refused the file {file}, it was not issued: {why or 'no reason'}"
