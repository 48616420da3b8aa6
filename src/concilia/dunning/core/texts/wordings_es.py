"""The texts of collections in Spanish: `ustedes` to companies, `usted` to consumers."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.texts.keys import Key

LONG: Final[Mapping[Key, tuple[str, str]]] = {
    Key.COURTESY: (
        "Próximamente: {invoices}",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro]. Para que nada llegue por sorpresa, esto es lo que viene a continuación.

{items}

Si todo está en orden, no hace falta nada más. Si algo no lo está, este es el momento más sencillo para decírnoslo:

{options}

Gracias y un saludo.
""",
    ),
    Key.REMINDER: (
        "Unas líneas sobre: {invoices}",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro]. Quizá se ha pasado en una semana de mucho trabajo: todavía no hemos visto un pago de lo siguiente.

{items}

¿Hay algo que debamos saber o arreglar?

Si no, [elijan lo que les|elija lo que le] resulte más cómodo:

{options}

Si el pago ya está en camino, no [tengan|tenga] en cuenta este mensaje. Gracias.
""",
    ),
    Key.QUESTION: (
        "{invoices}: ¿qué podemos hacer?",
        """
[Nos gusta trabajar con ustedes|Nos alegra tenerle como cliente], así que preferimos preguntar a suponer. Lo siguiente sigue abierto:

{items}

¿Qué ha retenido el pago hasta ahora? Basta un toque, y cualquier respuesta es bienvenida:

{motives}

Si ya [saben cómo quieren|sabe cómo quiere] arreglarlo, [elijan|elija] aquí:

{options}

? {holder} [lleva su cuenta|le atiende] y llama con gusto cuando [les|le] venga bien.

Gracias por la respuesta.
""",
    ),
    Key.FIRM: (
        "{invoices}: cómo está la cuenta",
        """
[Trabajar con ustedes nos importa|Tenerle como cliente nos importa], y eso incluye hablar claro. La situación a día de hoy es esta:

{items}

? A título informativo: según la ley, hasta el {interest_until} se han generado intereses de {interest}. Con este mensaje no los pedimos.

¿Qué [necesitarían|necesitaría] para arreglarlo antes del {deadline}?

[Dígannoslo, o elijan|Díganoslo, o elija] ahora mismo:

{options}

Si no tenemos noticias antes del {deadline}, el siguiente paso es una carta formal. Preferimos con mucho encontrar antes una solución con [ustedes|usted].

Gracias por su atención.
""",
    ),
    Key.FORMAL_NOTICE: (
        "Requerimiento de pago: {invoices}, hasta el {deadline}",
        """
[Son ustedes clientes|Usted es cliente] de {creditor}, y [les|le] debemos palabras claras. Los siguientes importes han vencido y no constan como pagados:

{items}

[Les|Le] requerimos el pago de {asked} hasta el {deadline}.

{statute}

? Según la ley, hasta el {interest_until} se han generado intereses de {interest}.

? La ley prevé además una cantidad fija de {compensation}.

Esto es lo que [pueden|puede] hacer:

{options}

Si no [están|está] de acuerdo con todo o con una parte, [dígannos|díganos] por qué antes del {deadline}. Lo que [discutan|discuta] se comprueba primero y entretanto no lo pedimos; el resto queda por pagar.

? {advice}

? Si hasta el {deadline} no nos ha llegado ni un pago ni una respuesta, tenemos la intención de confiar el asunto a {next_holder}.

Gracias por la atención a esta carta.
""",
    ),
    Key.LAST_CALL: (
        "{invoices}: hasta el {deadline} lo vemos entre nosotros",
        """
[Son nuestros clientes|Es nuestro cliente], y preferimos con mucho encontrar una solución directamente con [ustedes|usted]. Lo siguiente sigue abierto:

{items}

Después del {deadline} confiaremos el asunto a {next_holder}. Hasta entonces, cualquiera de estos pasos lo evita:

{options}

? {advice}

Si ha ocurrido algo que no sabemos, basta una palabra y buscaremos juntos un camino. Gracias.
""",
    ),
    Key.HANDED_OVER: (
        "{invoices}: ahora su contacto es {next_holder}",
        """
Gracias por el tiempo en que hemos trabajado con [ustedes|usted] como cliente. Tal como anunciamos, {next_holder} se ocupa ahora por nosotros de lo siguiente:

{items}

? Su mandato: {mandate}

Para pagos y preguntas, [diríjanse|diríjase] en adelante a {next_holder}, que también puede acordar plazos y comprobar aquello con lo que no [estén|esté] de acuerdo.

? Si algo de este traspaso no es correcto, [escríbannos|escríbanos] a {reply_to}.

? {advice}

Gracias.
""",
    ),
    Key.THANKS: (
        "Gracias: {amount} recibidos",
        """
Gracias, es un placer [trabajar con ustedes|tenerle como cliente]. Su pago de {amount} llegó el {day} y está registrado.

? Con él queda pagado: {invoices}.

No hay nada más que hacer. Si en adelante [prefieren|prefiere] que los pagos salgan solos, por ejemplo por domiciliación, basta con responder.

Gracias y hasta pronto.
""",
    ),
    Key.PROMISE_NOTED: (
        "Anotado: {amount} hasta el {day}",
        """
Gracias por [buscar una solución con nosotros, como socios|buscar una solución con nosotros, como cliente]. Hemos anotado que [pagarán|pagará] {amount} hasta el {day}.

? Se trata de: {invoices}.

Hasta entonces no [les|le] escribiremos más sobre esto. Si surge algo, [dígannoslo|díganoslo] antes de ese día y buscaremos otro:

{options}

Gracias.
""",
    ),
    Key.PROMISE_DUE_SOON: (
        "El {day}: {amount}, según lo acordado",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro]. Según lo acordado, {amount} están previstos para el {day}.

? Se trata de: {invoices}.

Si todo está en orden, solo queda el pago. Si el día ya no conviene, [elijan|elija] aquí:

{options}

Gracias.
""",
    ),
    Key.PROMISE_BROKEN: (
        "Ha pasado el {day}: ¿qué ha ocurrido?",
        """
[Contamos con el trabajo con ustedes|Nos alegra tenerle como cliente], y por eso preguntamos abiertamente. Habíamos acordado {amount} hasta el {day}, y no hemos encontrado el pago.

¿Qué se ha interpuesto?

Si entretanto se ha pagado, [dígannos|díganos] qué día y lo buscaremos. Si no, [elijan|elija] lo que ahora es posible:

{options}

? {holder} lo habla con gusto con [ustedes|usted].

Gracias.
""",
    ),
    Key.PLAN_OFFERED: (
        "Una propuesta de pago a plazos",
        """
Gracias por [trabajar con nosotros y por contarnos cómo están las cosas|ser cliente nuestro y por contarnos cómo están las cosas]. Esta es nuestra propuesta para pagar {amount} a plazos:

{rows}

Vale hasta el {until}. [Pueden|Puede] aceptarla o proponer otra cosa:

{options}

Nada está acordado mientras no [digan|diga] que sí. Gracias.
""",
    ),
    Key.PLAN_AGREED: (
        "Su plan de pagos está acordado",
        """
Gracias por [trabajar con nosotros en esta solución|ser cliente nuestro y acordar esta solución con nosotros]. El plan sobre {amount} está acordado:

{rows}

Mientras siga como está previsto, no pediremos nada más por este importe. Si un plazo se pone difícil, [dígannoslo|díganoslo] antes de su día; casi siempre hay una manera:

{options}

Gracias.
""",
    ),
    Key.PLAN_ROW_DUE_SOON: (
        "El {day}: el próximo plazo de {amount}",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro]. El próximo plazo de {amount} vence el {day}.

Si todo está en orden, solo queda el pago. Si no, [dígannoslo|díganoslo] ahora:

{options}

Gracias.
""",
    ),
    Key.PLAN_ROW_LATE: (
        "El plazo del {day}: ¿todo bien?",
        """
[Nos gusta trabajar con ustedes|Nos alegra tenerle como cliente], y el plan muestra que a ambos nos importa. El plazo de {amount} del {day} todavía no nos ha llegado.

¿Ha cambiado algo para [ustedes|usted]?

[Pueden|Puede] pagarlo ahora, moverlo o hablar con nosotros del plan:

{options}

Si entretanto se ha pagado, no [tengan|tenga] en cuenta este mensaje. Gracias.
""",
    ),
    Key.PLAN_COMPLETED: (
        "Hecho: su plan ha terminado",
        """
Gracias por [seguir trabajando con nosotros|seguir siendo cliente nuestro] y por cumplir el plan hasta el final. El último plazo llegó el {day}; {amount} están pagados por completo.

El asunto está cerrado y no queda nada abierto. Si [quieren|quiere], podemos acordar lo que en adelante facilite los pagos: otro vencimiento, un extracto mensual o la domiciliación. Basta con responder.

Gracias y hasta pronto.
""",
    ),
    Key.SETTLEMENT_OFFERED: (
        "Una propuesta para cerrar el asunto: {offer} hasta el {until}",
        """
Gracias por hablar abiertamente con nosotros[, como socios|, como cliente]. Hay {open} abiertos, y hemos pensado cómo cerrar el asunto juntos. Esta es nuestra propuesta:

- [Pagan|Paga] {offer} hasta el {until}.
- Cuando haya llegado, renunciamos a los {waived} restantes, y no queda nada abierto.
- Si no llega completo hasta ese día, la propuesta decae y queda por pagar el importe entero, menos lo abonado.

La renuncia puede tener efectos fiscales; [consulten a su asesor|consulte a su asesor].

[Pueden|Puede] aceptar o proponer otra cosa:

{options}

Nada está acordado mientras no [digan|diga] que sí por escrito. Gracias.
""",
    ),
    Key.DISPUTE_RECEIVED: (
        "{claim}: lo estamos comprobando",
        """
Gracias por avisarnos[, como quienes trabajan juntos|, como cliente]. {holder} está comprobando lo que [nos han indicado|nos ha indicado], {claim}, y responderá hasta el {until}.

Entretanto no [les|le] pedimos {disputed}.

? El resto, {asked}, no se ve afectado y queda por pagar.

[Pueden|Puede] añadir documentos, seguir la comprobación o pagar el resto:

{options}

Gracias.
""",
    ),
    Key.INVOICE_COPY: (
        "De nuevo: {invoice}",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro] y por pedirla. Aquí está la copia de {invoice}: {account_link}

Si no es lo que [necesitan|necesita], o algo no está bien, [dígannoslo|díganoslo] y lo arreglamos:

{options}

Gracias.
""",
    ),
    Key.CONDOLENCE: (
        "Nuestro pésame",
        """
Hemos sabido del fallecimiento de {customer}, que era cliente nuestro. Lo sentimos mucho y acompañamos a quienes quedan.

Ahora no hay nada que hacer. Todos los mensajes sobre la cuenta se han detenido. A nadie de la familia se le pide que pague con medios propios.

Cuando llegue el momento, nos ayuda saber quién se ocupa de la herencia. {holder} está personalmente a su disposición:

? Teléfono: {phone}

? Correo: {reply_to}

Con nuestro más sentido pésame.
""",
    ),
    Key.VULNERABLE: (
        "Estamos aquí para [ustedes|usted]",
        """
[Son nuestros clientes, y ustedes van|Es nuestro cliente, y su persona va] por delante. Desde hoy [les|le] atiende personalmente {holder}; nadie más se pondrá en contacto por este asunto.

Ahora no [tienen|tiene] que hacer nada. Hasta el {until} no pediremos nada, y no se añaden ni intereses ni gastos.

Cuando sea el momento para [ustedes|usted], veremos juntos qué es posible. [Dígannos|Díganos] cómo [prefieren|prefiere] que nos pongamos en contacto y quién puede hablar en su nombre:

{options}

? {advice}

[Tómense|Tómese] el tiempo que haga falta. Gracias por contárnoslo.
""",
    ),
    Key.DATE_MOVED: (
        "Nueva fecha para {invoices}: {new_day}",
        """
Gracias por buscar una solución con nosotros[, como socios|, como cliente]. Como [pidieron|pidió], el nuevo vencimiento es el {new_day}: {invoices}.

Se trata de {amount}. Hasta entonces no [les|le] escribiremos más sobre esto.

Si hace falta otra cosa, [elijan|elija] aquí:

{options}

Gracias.
""",
    ),
    Key.PAID_TWICE: (
        "{amount} son suyos",
        """
Gracias por [trabajar con nosotros|ser cliente nuestro]. Su pago del {day} supera en {amount} lo que estaba abierto: este importe es suyo.

¿[Prefieren|Prefiere] que se lo devolvamos o que lo guardemos para la próxima factura?

[Dígannos|Díganos] a qué cuenta enviarlo, o [déjenlo|déjelo] aquí:

- devolverlo
- guardarlo para la próxima factura

? [Pueden|Puede] decírnoslo aquí: {account_link}

? O [escríbannos|escríbanos] a {reply_to}.

Gracias.
""",
    ),
}
# Without á, í, ó and ú: phones' seven bits do not have them, and one of them doubles the price.
SHORT: Final[Mapping[Key, str]] = {
    Key.COURTESY: "{creditor}: gracias por ser cliente nuestro. Lo que viene: {account_link}",
    Key.REMINDER: "{creditor}: estimado cliente, ¿se ha pasado o algo no va bien? Cuente o pague: {account_link}",
    Key.QUESTION: "{creditor}: estimado cliente, ¿en qué ayudamos? Cuéntenos o elija fecha: {account_link}",
    Key.FIRM: "{creditor}: estimado cliente, ¿qué necesita para arreglar la cuenta? Puede elegir: {account_link}",
    Key.LAST_CALL: "{creditor}: estimado cliente, hablemos antes del {deadline}: {account_link}",
    Key.THANKS: "{creditor}: gracias por ser cliente nuestro. Su pago ha llegado.",
    Key.PROMISE_NOTED: "{creditor}: gracias por trabajar con nosotros. Anotado: {day}. {account_link}",
    Key.PROMISE_DUE_SOON: "{creditor}: estimado cliente, lo acordado: {day}. Pagar o cambiar: {account_link}",
    Key.PROMISE_BROKEN: "{creditor}: estimado cliente, ¿qué ha pasado? Elija lo que ahora es posible: {account_link}",
    Key.PLAN_OFFERED: "{creditor}: estimado cliente, esta es nuestra propuesta. Puede aceptarla o cambiarla: {account_link}",
    Key.PLAN_AGREED: "{creditor}: gracias por trabajar con nosotros. Todo acordado: {account_link}",
    Key.PLAN_ROW_DUE_SOON: "{creditor}: estimado cliente, el plan, {day}. Pagar o cambiar: {account_link}",
    Key.PLAN_ROW_LATE: "{creditor}: estimado cliente, ¿todo bien? Pague, cambie o hable con nosotros: {account_link}",
    Key.PLAN_COMPLETED: "{creditor}: gracias por seguir como cliente nuestro. Todo hecho, no queda nada.",
    Key.DISPUTE_RECEIVED: "{creditor}: gracias por trabajar con nosotros. Comprobamos {claim}, puede seguirlo: {account_link}",
    Key.INVOICE_COPY: "{creditor}: gracias por ser cliente nuestro. Su copia: {account_link}",
    Key.VULNERABLE: "{creditor}: es cliente nuestro y va por delante. {holder} le atiende: {account_link}",
    Key.DATE_MOVED: "{creditor}: gracias por trabajar con nosotros. Nueva fecha: {new_day}. {account_link}",
    Key.PAID_TWICE: "{creditor}: estimado cliente, tiene saldo a favor. ¿Devolver o guardar? {account_link}",
}
_OPENING: Final = """
1. Saludar, decir el nombre y que se llama de {creditor}. Asegurarse de hablar con {customer} o con quien puede hablar en su nombre; hasta entonces, no decir de qué se trata.

2. Dar las gracias por [trabajar con nosotros|ser cliente nuestro] y preguntar si es buen momento. Si no, acordar otro.
"""
_CLOSING: Final = """
6. Repetir lo acordado: qué, cuánto, para qué día, y que llegará por escrito. Dar las gracias.

7. Anotar el motivo, lo acordado y el siguiente paso: solo hechos, ningún juicio, y nada de salud fuera del campo protegido.
"""
GUIDES: Final[Mapping[Key, str]] = {
    Key.REMINDER: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «¿[Les|Le] llegó nuestra factura, y está todo bien en ella?»

4. Tener a mano: {invoices}, {asked}. Ofrecer el envío de una copia.

? No se pide, porque se está aclarando: {disputed}

5. Ofrecer: un enlace para pagar, un día que convenga, o que alguien mire lo que no está bien.
"""
    + _CLOSING,
    Key.QUESTION: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «¿Qué ha retenido el pago hasta ahora?» No sugerir la respuesta.

4. Tener a mano: {invoices}, {asked}. Repetir el motivo con sus palabras.

? No se pide, porque se está aclarando: {disputed}

5. Ofrecer lo que responde al motivo: un día, plazos, una copia, alguien que lo compruebe.
"""
    + _CLOSING,
    Key.FIRM: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «¿Qué [necesitarían|necesitaría] para arreglarlo?»

4. Decir los hechos con calma: {invoices}, {asked}, y el día que esperamos: {deadline}.

? No se pide, porque se está aclarando: {disputed}

5. Ofrecer al menos dos caminos: pagar ahora, un día, plazos, o comprobar lo que no está bien. Decir lo que sigue solo como será de verdad.
"""
    + _CLOSING,
    Key.LAST_CALL: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «¿Hay algo que todavía no sepamos?»

4. Decir los hechos con calma: {invoices}, {asked}; después del {deadline} se ocupa {next_holder}.

? No se pide, porque se está aclarando: {disputed}

5. Decir qué lo evita: un pago, un día, plazos, una palabra sobre lo que no está bien. Indicar dónde hay asesoramiento gratuito.
"""
    + _CLOSING,
    Key.PROMISE_BROKEN: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «Habíamos quedado en el {day}. ¿Qué se ha interpuesto?»

4. Tener a mano: {amount} hasta el {day}. Preguntar si entretanto se pagó, y desde qué cuenta.

5. Ofrecer: un nuevo día realista, una parte ahora, o plazos.
"""
    + _CLOSING,
    Key.PLAN_ROW_LATE: _OPENING
    + """
3. Preguntar, y escuchar hasta el final: «¿Ha cambiado algo desde que acordamos el plan?»

4. Tener a mano: el plazo de {amount} del {day}.

5. Ofrecer: pagarlo ahora, moverlo una vez, o revisar el plan. Quien está en apuros va a los especialistas.
"""
    + _CLOSING,
}
