"""Channels, persons, flags and days in the five languages: en, it, fr, es, de."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.contact.terms import Channel, Flag, Recipient

Five = tuple[str, str, str, str, str]

CHANNEL_NAMES: Final[Mapping[Channel, Five]] = {
    Channel.CALL: ("telephone", "telefono", "téléphone", "teléfono", "Telefon"),
    Channel.SMS: ("SMS", "SMS", "SMS", "SMS", "SMS"),
    Channel.EMAIL: ("e-mail", "e-mail", "e-mail", "correo electrónico", "E-Mail"),
    Channel.WHATSAPP: ("WhatsApp", "WhatsApp", "WhatsApp", "WhatsApp", "WhatsApp"),
    Channel.LETTER: ("letter", "lettera", "lettre", "carta", "Brief"),
    Channel.VISIT: ("visit", "visita", "visite", "visita", "Besuch"),
    Channel.IVR: (
        "automatic call",
        "chiamata automatica",
        "appel automatique",
        "llamada automática",
        "automatischer Anruf",
    ),
    Channel.PUSH: (
        "push notice",
        "notifica push",
        "notification push",
        "notificación push",
        "Push-Nachricht",
    ),
    Channel.SOCIAL: (
        "social media",
        "social media",
        "réseaux sociaux",
        "redes sociales",
        "soziale Medien",
    ),
}

RECIPIENT_NAMES: Final[Mapping[Recipient, Five]] = {
    Recipient.DEBTOR: ("the debtor", "il debitore", "le débiteur", "el deudor", "Schuldner"),
    Recipient.SPOUSE: ("the spouse", "il coniuge", "le conjoint", "el cónyuge", "Ehepartner"),
    Recipient.GUARDIAN: (
        "the guardian",
        "il tutore",
        "le tuteur",
        "el tutor",
        "gesetzliche Vertretung",
    ),
    Recipient.EXECUTOR: (
        "the executor or heirs",
        "l’esecutore o gli eredi",
        "l’exécuteur ou les héritiers",
        "el albacea o los herederos",
        "Nachlassvertretung oder Erben",
    ),
    Recipient.ADMINISTRATOR: (
        "the insolvency administrator",
        "il curatore",
        "l’administrateur judiciaire",
        "el administrador concursal",
        "Insolvenzverwaltung",
    ),
    Recipient.LAWYER: (
        "the lawyer",
        "l’avvocato",
        "l’avocat",
        "el abogado",
        "anwaltliche Vertretung",
    ),
    Recipient.ADVISER: (
        "the debt adviser",
        "il consulente del debito",
        "le conseiller en endettement",
        "el asesor de deudas",
        "Schuldnerberatung",
    ),
    Recipient.RELATIVE: (
        "a relative",
        "un familiare",
        "un membre de la famille",
        "un familiar",
        "Angehörige",
    ),
    Recipient.NEIGHBOUR: ("a neighbour", "un vicino", "un voisin", "un vecino", "Nachbarn"),
    Recipient.COLLEAGUE: (
        "a colleague",
        "un collega",
        "un collègue",
        "un compañero de trabajo",
        "Kollegen",
    ),
    Recipient.EMPLOYER: (
        "the employer",
        "il datore di lavoro",
        "l’employeur",
        "el empleador",
        "Arbeitgeber",
    ),
    Recipient.OTHER: (
        "somebody else",
        "un’altra persona",
        "une autre personne",
        "otra persona",
        "andere Personen",
    ),
}

FLAG_NAMES: Final[Mapping[Flag, Five]] = {
    Flag.DECEASED: (
        "Death of the debtor",
        "Decesso del debitore",
        "Décès du débiteur",
        "Fallecimiento del deudor",
        "Tod der schuldenden Person",
    ),
    Flag.INSOLVENT: (
        "Insolvency",
        "Insolvenza",
        "Procédure collective",
        "Concurso de acreedores",
        "Insolvenz",
    ),
    Flag.REPRESENTED: (
        "Representation by a lawyer",
        "Assistenza di un avvocato",
        "Représentation par un avocat",
        "Representación por abogado",
        "Anwaltliche Vertretung",
    ),
    Flag.DEBT_ADVISER: (
        "Help of a debt adviser",
        "Assistenza di un consulente del debito",
        "Aide d’un conseiller en endettement",
        "Ayuda de un asesor de deudas",
        "Schuldnerberatung",
    ),
    Flag.BREATHING_SPACE: (
        "Breathing space",
        "Moratoria legale",
        "Moratoire légal",
        "Moratoria legal",
        "Gesetzlicher Zahlungsaufschub",
    ),
    Flag.CEASE: (
        "Request to cease contact",
        "Richiesta di cessare i contatti",
        "Demande de cesser les contacts",
        "Petición de cesar los contactos",
        "Verlangen, Kontakte einzustellen",
    ),
    Flag.COMPLAINT: (
        "Open complaint",
        "Reclamo aperto",
        "Réclamation en cours",
        "Reclamación abierta",
        "Offene Beschwerde",
    ),
    Flag.VULNERABLE: (
        "Vulnerability",
        "Vulnerabilità",
        "Fragilité",
        "Vulnerabilidad",
        "Schutzbedürftigkeit",
    ),
    Flag.FRAUD: (
        "Fraud or identity theft",
        "Frode o furto d’identità",
        "Fraude ou usurpation d’identité",
        "Fraude o suplantación de identidad",
        "Betrug oder Identitätsdiebstahl",
    ),
    Flag.WRONG_PERSON: (
        "Wrong person",
        "Persona errata",
        "Mauvaise personne",
        "Persona equivocada",
        "Falsche Person",
    ),
}

# Monday first.
DAY_NAMES: Final[tuple[Five, ...]] = (
    ("Mon", "lun", "lun", "lun", "Mo"),
    ("Tue", "mar", "mar", "mar", "Di"),
    ("Wed", "mer", "mer", "mié", "Mi"),
    ("Thu", "gio", "jeu", "jue", "Do"),
    ("Fri", "ven", "ven", "vie", "Fr"),
    ("Sat", "sab", "sam", "sáb", "Sa"),
    ("Sun", "dom", "dim", "dom", "So"),
)
NO_HOURS: Final[Five] = ("none", "nessuno", "aucun", "ninguno", "keine")
