"""What customers write, subject line first, then the message. Braces are filled in later."""

from __future__ import annotations

CLAIMS = {
    "laribera-rotura": """Cargo por rotura, albarán {ddt_n}
Buenos días:

Les comunicamos que en la recepción del albarán {ddt} ({delivered}) se detectaron {q1} cajas de
{product1} con rotura de envase. Adjuntamos nota de cargo {dn} por importe de {amount} EUR, que
se descontará en el próximo pago de la factura {inv}.

Atentamente,
Pilar Escartín
Administración proveedores""",
    "peralta-precio": """Diferencia de precio, pedido {po}
Hola, buenos días:

en la factura {inv} nos habéis cobrado {product1} a {u1} EUR/caja y el precio pactado es {c1}.
Son {amount} EUR de más por las cajas servidas. Os adjunto nuestra nota de cargo {dn}, lo
descontamos en el pago.

Un saludo,
Rosa Villanueva""",
    "peralta-precio/again": """Nota de cargo {dn}, factura {inv}
Buenos días: soy de contabilidad. Rosa está de vacaciones y no sé si os llegó nuestra nota de
cargo {dn} por la diferencia de precio de {product1}: {amount} EUR de más en la factura {inv}.
La adjunto otra vez. Un saludo.""",
    "peralta-portes": """Portes en factura {inv}
Buenos días. En la factura {inv} aparece "Contributo trasporto" y nuestras condiciones son
portes pagados. Ruego abono de {amount} EUR. Gracias.""",
    "cantalar-falta": """faltan cajas!!
Kaixo, en el pedido de la factura {inv} han faltado {q1} cajas de {product1}, lo puse en el
albarán ({ddt}) y el chófer lo firmó, mando foto. Son {amount} EUR. Es la tercera vez este año
que pasa y ya cansa un poco, la verdad.""",
    "miramonte-no-entregado": """Factura {inv} de mercancía no entregada
Estimados señores:
Han facturado ({inv}, {total} EUR) un pedido que no se ha entregado en ninguno de nuestros
hoteles. Sin albarán firmado no vamos a pagar. Nuestro pedido {po}, su referencia {ddt}.
Compras, Hostelería Miramonte""",
    "torrevega-rapel": """Liquidación rápel {dn}
Buenas tardes:
De acuerdo con la plantilla de condiciones, remitimos la liquidación del rápel por volumen de
compras: {amount} EUR según el cuadro adjunto. Rogamos emitan el abono correspondiente; la
última factura contabilizada es la {inv}.
Saludos cordiales""",
    "bellprat-equivocado": """producto equivocado
Hola! pedimos espaguetones y de las {q1} cajas la mayoría eran espaguetis normales del n. 5.
factura {inv} albaran {ddt}. queremos abono de {amount} o que lo cambieis. foto adjunta
gracias!""",
    "guadalviar-duplicada": """FACTURA DUPLICADA {inv} Y {twin}
BUENAS TARDES. HEMOS RECIBIDO DOS FACTURAS POR EL MISMO ALBARAN {ddt}: {inv} Y {twin}, LAS DOS
POR {total} EUROS. ROGAMOS ANULEN LA SEGUNDA. NO SE CONTABILIZA HASTA RECIBIR EL ABONO.
MAYORISTA GUADALVIAR""",
    "almazora-dto": """Descuento no aplicado en {inv}
Buenos días, falta aplicar el 3% de descuento acordado en {product1} en la factura {inv}.
Importe a abonar {amount} EUR. Un saludo""",
    "laribera-val-caducidad": """Incidencia calidad: caducidad corta {product1}
Buenos días:
Las {q1} cajas de {product1} del albarán {ddt} han llegado con fecha de consumo inferior a la
mínima pactada (2/3 de vida útil). Quedan retenidas. Emitimos cargo {dn} por {amount} EUR sobre
la factura {inv}.
La Ribera Levante, Control de calidad""",
    "laribera-publicidad": """Factura servicios publicitarios {dn}
Estimados proveedores:
Adjuntamos nuestra factura {dn} por la aportación publicitaria en el folleto de verano, importe
{amount} EUR. Se compensará con sus facturas pendientes, entre ellas la {inv}.
Supermercados La Ribera S.A., Marketing""",
}

FOLLOW_UPS = {
    "answer": """RE: {subject}
Buenos días:
Adjuntamos lo solicitado en relación con la factura {inv}. Entendemos que con esto queda
aclarado.
Saludos""",
    "accept": """RE: {subject}
Buenos días, revisado con almacén, aceptamos su respuesta. Pagaremos los {amount} EUR en la
próxima remesa.""",
    "appeal": """RE: {subject}
Buenos días:
No estamos de acuerdo con su negativa sobre la factura {inv}. El servicio se prestó y existe
acuerdo verbal con su comercial. Solicitamos que lo revise su dirección.""",
    "withdraw": """RE: {subject}
Buenas, error nuestro. Pueden anular la reclamación de la factura {inv}.""",
    "reopen": """RE: {subject}
Hola, el abono de la factura {inv} es solo de 4 cajas y eran 10!! podéis volver a mirarlo por
favor?""",
}

CARRIER = """POD {ddt}
Buenos días, adjunto albarán firmado {ddt} de fecha {delivered}.
{remark}

LogiPirineo Transportes"""
CARRIER_LOST = """Incidencia {ddt}
La expedición {ddt} consta como extraviada en plataforma. Sin firma de entrega.
LogiPirineo Transportes"""

REMITTANCE = """Aviso de pago {date}
Buenos días, adjuntamos relación de facturas pagadas por transferencia el {date}, total {total}
EUR.
Tesorería"""
REMITTANCE_BODY = """Relación de pagos {date}
Les informamos de que con fecha {date} hemos ordenado transferencia por {total} EUR por las
facturas:

{lines}

Un saludo"""

REPLIES = {
    "promise": """RE: Recordatorio factura {inv}
Buenos días, la factura {inv} por {total} EUR está prevista para el pago del {promise}.
Disculpen.""",
    "hardship": """sobre la factura {inv}
Buenas tardes. La temporada ha sido mala y no puedo pagar todo de golpe. Me aceptan pagar la
{inv} en 3 plazos?""",
    "copy": """factura {inv}
Podrían reenviar la factura {inv}? No la localizamos. Gracias""",
}

AUTO_REPLY = """Respuesta automática: {subject}
Estoy fuera de la oficina hasta el {back}. Para temas urgentes contacte con administración.
Gracias."""

NOTES = {
    "LOG": "Albarán {ddt} revisado con la agencia: no hay más reservas.",
    "CRD": "Sin cobro localizado para {inv}.",
    "ACC": "{inv} contrastada con la tarifa vigente en la fecha del pedido.",
    "TRM": "No existe acuerdo firmado que cubra este cargo sobre {inv}.",
}
ASK = """Buenos días:

Hemos recibido su reclamación sobre la factura {inv}. Para resolverla pronto nos falta: {need}.
En cuanto lo tengamos, respondemos en dos días hábiles. Mientras tanto no le pedimos la parte
discutida."""
ANSWER_VALID = """Buenos días:

Hemos revisado su reclamación sobre la factura {inv}: procede por {valid} EUR. Recibirá el abono
en los próximos días. Disculpe las molestias."""
ANSWER_DENIED = """Buenos días:

Hemos revisado con atención su reclamación sobre la factura {inv}. Nuestros documentos no la
confirman y no podemos abonar {amount} EUR. Adjuntamos lo que hemos encontrado; si tiene otros
documentos los vemos encantados."""
NEEDS = {
    "NC-05": "las fotos de los palés y del albarán con la reserva",
    "CO-03": "el acuerdo firmado y un ejemplar del folleto",
    "other": "copia del albarán firmado",
}
