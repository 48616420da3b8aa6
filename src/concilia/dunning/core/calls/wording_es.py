"""What an automatic call says, in Spanish."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "welcome": "Bienvenido a {company}. Le atiende nuestro servicio automático de clientes.",
    "are_you": "Buenos días, este es el servicio automático de clientes de {company}, para"
    " {customer}. Si es usted, pulse 1. Si no, pulse 2. Si no quiere más llamadas automáticas,"
    " pulse 9.",
    "left_word": "Le llama {company}. Por favor, devuélvanos la llamada{on_number}. Gracias.",
    "sorry": "Disculpe. Corregiremos nuestros datos. Adiós.",
    "goodbye_early": "No le hemos oído. Adiós.",
    "ask_number": "Para que solo usted oiga los datos de su cuenta: marque las cifras de su"
    " número de cliente y después la tecla almohadilla.{last_four}",
    "ask_code": "Ahora marque su código postal, o las cuatro últimas cifras de una de nuestras"
    " facturas, y después la tecla almohadilla.",
    "wrong_number": "No coincide con nuestros datos. Inténtelo otra vez.",
    "cannot": "Así no hemos podido encontrarle. Le ayudará una persona.",
    "nothing": "Gracias. Hoy no hay nada que pagar en su cuenta.",
    "menu_clear": "Para comunicar un problema, pulse 5. Para hablar con una persona, pulse 6."
    " Para terminar, cuelgue.",
    "balance": "Gracias. En su cuenta han vencido {amount}.{disputed}",
    "balance_disputed": " Lo que usted reclama no se le pide hasta que se aclare.",
    "menu": "¿Podemos preguntarle qué impide el pago? Para decírnoslo, pulse 5. Para pagar ahora,"
    " pulse 1. Para indicar una fecha, pulse 2. Para pagar a plazos, pulse 3. Para hablar con una"
    " persona, pulse 6. Para volver a oír el importe, pulse 0.",
    "link_sent": "Acabamos de enviarle un mensaje con el enlace a su página, donde ve qué está"
    " abierto y cómo puede pagar. No diga nunca un número de tarjeta por teléfono: nosotros no"
    " lo pedimos.",
    "no_link": "No tenemos un número ni una dirección suya a la que enviarlo.",
    "no_dates": "En este momento no podemos anotar una fecha aquí.",
    "which_date": "¿Cuándo pagará? {dates} Para volver atrás, pulse 0.",
    "date_choice": "Para el {date}, pulse {key}.",
    "confirm": "Pagará {promised} a más tardar el {date}. Si es correcto, pulse 1. Para otra"
    " fecha, pulse 2. Para volver atrás, pulse 0.",
    "promised": "Gracias, queda anotado: {promised} a más tardar el {date}.",
    "plan_sent": "Acabamos de enviarle un mensaje con el enlace a su página. Allí ve qué plazos"
    " son posibles y en qué días, y los acepta solo después de leerlos. No diga nunca un número"
    " de tarjeta por teléfono: nosotros no lo pedimos.",
    "plan_asked": "Una persona le llamará para acordar plazos que pueda cumplir.",
    "problem": "¿De qué se trata? Si la factura no ha llegado, pulse 1. Si hay algo incorrecto en"
    " ella, pulse 2. Si ya está pagada, pulse 3. Si ahora falta dinero, pulse 4. Si la forma de"
    " pago no funciona, pulse 5. Si falta una aprobación por su parte, pulse 6. Para otra cosa,"
    " pulse 7.",
    "noted": "Gracias por decírnoslo. Nos ocupamos de ello.",
    "disputed": "Gracias por decírnoslo. Una persona lo revisará y le llamará. Hasta entonces no"
    " pedimos lo que usted reclama.",
    "more": "Si hay algo más, pulse 1. Para hablar con una persona, pulse 6. Si no, cuelgue.",
    "hand": "Le pasamos con una persona.",
    "called_back": "Una persona le devolverá la llamada{in_hours}. Adiós.",
    "in_hours": " en nuestro horario de oficina",
    "on_number": " al {number}",
    "too_long": "Hagámoslo más fácil.",
    "opted_out": "No recibirá más llamadas automáticas nuestras. Adiós.",
    "thanks": "Gracias por su llamada. Adiós.",
    "not_heard": "No le hemos entendido.",
    "last_four": " Bastan las cuatro últimas.",
}
