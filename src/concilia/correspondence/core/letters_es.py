"""The letters in Spanish."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.letters import Frame, Template, Text

FRAME: Final = Frame("Hola, {name}:", "Hola:", "Un cordial saludo\n{sender}\n{company}")
LETTERS: Final[Mapping[Template, Text]] = {
    Template.CLAIM_RECEIVED: Text(
        "Su reclamación sobre {about} ha llegado ({claim})",
        (
            "Gracias por avisarnos. {holder} se ocupa de su reclamación {claim} sobre {about}.",
            "?Reclaman {amount}. Mientras lo comprobamos, no les pedimos este importe.",
            (
                "Tendrán nuestra respuesta a más tardar el {until}. "
                "Si quieren añadir algo, basta con responder a este correo."
            ),
        ),
    ),
    Template.EVIDENCE_REQUEST: Text(
        "Su reclamación {claim}: lo que aún necesitamos",
        (
            (
                "Gracias por su reclamación {claim} sobre {about}. Para resolverla aún necesitamos "
                "de ustedes:"
            ),
            "{papers}",
            (
                "Si pueden, envíenlo antes del {until}. Si algo no aparece, díganoslo: "
                "buscaremos otro camino."
            ),
        ),
    ),
    Template.DECISION_ACCEPTED: Text(
        "Su reclamación {claim} está aceptada: {approved}",
        (
            (
                "Gracias por su reclamación {claim} sobre {about}. La hemos comprobado y tienen razón: "
                "la aceptamos por completo, {approved}."
            ),
            "?Recibirán el abono {credit_note}.",
            "?Los {kept_back} que retuvieron quedan así saldados.",
            "Sentimos las molestias.",
        ),
    ),
    Template.DECISION_PARTLY: Text(
        "Su reclamación {claim}: aceptados {approved} de {claimed}",
        (
            (
                "Gracias por su reclamación {claim} sobre {about}. "
                "Hemos comprobado cada línea con sus documentos y los nuestros."
            ),
            "Aceptamos {approved} de {claimed}:",
            "{lines}",
            "Por {approved} recibirán un abono. Los otros {denied} no podemos aceptarlos.",
            (
                "¿Lo ven de otra manera o tienen documentos que no conocemos? Respondan a este correo "
                "antes del {until} y {holder} lo revisará de nuevo."
            ),
        ),
    ),
    Template.DECISION_REFUSED: Text(
        "Su reclamación {claim}: el resultado de nuestra comprobación",
        (
            (
                "Gracias por su reclamación {claim} sobre {about}. "
                "La hemos estudiado con atención, con sus documentos y los nuestros."
            ),
            "No podemos aceptar los {claimed}. El motivo: {reason}",
            "?{lines}",
            (
                "¿Lo ven de otra manera o tienen documentos que no conocemos? Respondan a este correo "
                "antes del {until} y {holder} lo revisará de nuevo."
            ),
        ),
    ),
    Template.COLLECT_BACK: Text(
        "{about}: {amount} abiertos tras la reclamación {claim}",
        (
            (
                "Gracias por su colaboración. Hemos respondido a su reclamación {claim} sobre {about}; "
                "de lo que retuvieron quedan abiertos {amount}."
            ),
            "¿Hay algo que aún no hemos visto? Entonces escríbannos primero.",
            (
                "Si no, elijan lo que mejor les convenga:\n"
                "- una transferencia de {amount} antes del {until}, con la referencia {reference};\n"
                "- sumarlo a su próximo pago, indicando {reference};\n"
                "- otra fecha o plazos: basta con responder a este correo."
            ),
        ),
    ),
    Template.REMITTANCE_REQUEST: Text(
        "Su pago del {paid_on}: ¿a qué corresponde? ({claim})",
        (
            "Gracias por su pago de {paid} del {paid_on}.",
            "?Difiere en {difference} de lo que vemos en {about}.",
            (
                "¿Qué facturas han pagado y hay un motivo para la diferencia? "
                "Basta un aviso de pago o una línea de respuesta."
            ),
            (
                "Mientras lo aclaramos, no les pedimos la diferencia. "
                "Una respuesta antes del {until} nos ayuda a registrarlo bien."
            ),
        ),
    ),
    Template.POD_REQUEST_CARRIER: Text(
        "Albarán firmado de {delivery} ({claim})",
        (
            (
                "Gracias por transportar nuestra mercancía. Necesitamos el albarán firmado "
                "de {delivery}, enviado el {shipped_on}."
            ),
            "?El destino era {destination}.",
            (
                "Envíen por favor las dos caras, con cualquier reserva escrita por el destinatario, "
                "antes del {until}; basta una fotografía. Conserven {claim} en el asunto."
            ),
        ),
    ),
    Template.POD_REQUEST_COLLEAGUE: Text(
        "{claim}: el albarán firmado de {delivery}",
        (
            (
                "Para la reclamación {claim} de {customer} necesitamos el albarán firmado "
                "de {delivery}."
            ),
            "?La reclamación es de {amount}.",
            (
                "Envíalo, o una fotografía, antes del {until}. Si no lo tienes, basta una línea: "
                "lo pediremos al transportista."
            ),
        ),
    ),
}
