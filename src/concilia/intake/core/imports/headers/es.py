"""How Spanish files head their columns."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "customer_number": "numero de cliente|codigo de cliente|cliente|id cliente|codigo cliente"
    "|numero cliente|cuenta|cuenta cliente|cod cliente|deudor|codigo deudor|n cliente"
    "|num cliente|solicitante|cuenta contable",
    "customers.name": "nombre|nombre cliente|nombre comercial|denominacion|nombre del cliente"
    "|razon social|descripcion cliente",
    "legal_name": "razon social|denominacion social|nombre fiscal|nombre legal",
    "contacts.name": "nombre|contacto|persona de contacto|nombre contacto|persona"
    "|nombre y apellidos|interlocutor",
    "products.name": "descripcion|nombre|nombre del producto|descripcion articulo|producto"
    "|denominacion|descripcion producto",
    "promotions.name": "nombre|promocion|descripcion|nombre promocion|campana"
    "|descripcion promocion",
    "country": "pais|codigo pais|codigo de pais|nacion",
    "language": "idioma|codigo idioma|lengua|idioma correspondencia",
    "vat_number": "nif|cif|numero de iva|nif iva|nif cif|cif nif|identificacion fiscal"
    "|numero fiscal|nif intracomunitario|vat",
    "parent_number": "cliente padre|matriz|cuenta padre|cliente principal|empresa matriz"
    "|codigo matriz|sede central|cliente matriz",
    "payer_group": "grupo pagador|grupo de compra|grupo|central de compras|central|codigo grupo"
    "|grupo de clientes|cooperativa",
    "payment_days": "dias de pago|dias|plazo de pago|plazo|condiciones de pago|dias pago"
    "|forma de pago|dias de credito|plazo en dias|vencimiento en dias",
    "discount_percent": "descuento por pronto pago|porcentaje de descuento|descuento|dto|dto pp"
    "|descuento pp|pronto pago|porcentaje descuento|dto pronto pago|porc descuento",
    "promotions.discount_percent": "descuento|porcentaje de descuento|dto|descuento porcentaje"
    "|porc descuento",
    "discount_days": "dias de descuento|dias pronto pago|dias descuento|plazo pronto pago",
    "credit_limit": "limite de credito|riesgo maximo|limite credito|riesgo concedido|riesgo"
    "|credito concedido|limite de riesgo",
    "currency": "moneda|divisa|codigo moneda|codigo divisa|mon",
    "post_code": "codigo postal|cp",
    "segment": "segmento|canal|categoria|clase|tipo de cliente|sector|canal de venta",
    "email_domains": "dominios de correo|dominio|dominios|dominio de correo|dominio email",
    "ibans": "iban|cuenta bancaria|numero de cuenta|ccc|iban pagador",
    "email": "email|correo|correo electronico|e mail|direccion de correo|mail",
    "phone": "telefono|tel|numero de telefono|movil|tfno|telf",
    "role": "cargo|funcion|puesto|rol|departamento",
    "sku": "articulo|codigo de articulo|codigo articulo|referencia|codigo producto|producto|ref"
    "|material|cod articulo|codigo|ref articulo",
    "unit": "unidad|unidad de medida|um|ud|unidad medida",
    "vat_rate": "tipo de iva|tipo iva|porcentaje iva|iva|porcentaje de iva|porc iva",
    "unit_price": "precio unitario|precio|precio neto|precio unidad|precio acordado|tarifa"
    "|precio contrato|precio ud|precio unit",
    "valid_from": "valido desde|fecha inicio|desde|inicio|vigente desde|fecha de inicio"
    "|vigencia desde|a partir de|inicio vigencia",
    "valid_to": "valido hasta|fecha fin|hasta|fin|vigente hasta|fecha de fin|vigencia hasta"
    "|fin vigencia",
    "promotion_code": "codigo de promocion|codigo promocion|numero de promocion|promocion"
    "|codigo acuerdo|numero acuerdo|cod promocion|codigo campana",
    "promotions.kind": "tipo|clase|tipo de promocion|mecanica|tipo promocion",
    "promo_price": "precio promocional|precio promocion|precio oferta|precio especial",
    "starts": "inicio|fecha inicio|desde|fecha de inicio|inicio promocion",
    "ends": "fin|fecha fin|hasta|fecha de fin|fin promocion",
    "budget": "presupuesto|importe maximo|tope|techo",
    "order_number": "numero de pedido|pedido|n pedido|codigo pedido|nuestro pedido|numero pedido"
    "|pedido de venta|num pedido|orden de venta",
    "customer_order_number": "numero de pedido cliente|pedido cliente|pedido del cliente"
    "|su pedido|referencia cliente|ref cliente|pedido de compra|orden de compra|su referencia"
    "|numero pedido cliente",
    "order_date": "fecha de pedido|fecha pedido|fecha|fecha documento",
    "requested_date": "fecha solicitada|fecha de entrega solicitada|entrega solicitada"
    "|fecha requerida|fecha de entrega|fecha entrega solicitada",
    "line": "linea|numero de linea|posicion|pos|n linea|num linea",
    "quantity": "cantidad|cant|cantidad pedida|cantidad servida|cantidad facturada|unidades"
    "|cantidad enviada|uds|cantidad entregada",
    "delivery_number": "numero de albaran|albaran|n albaran|entrega|numero de entrega|num albaran"
    "|nota de entrega|numero albaran|codigo albaran",
    "shipped_date": "fecha de envio|fecha envio|fecha albaran|fecha de salida|fecha expedicion"
    "|fecha|fecha de albaran|enviado el",
    "delivered_date": "fecha de entrega|fecha entrega|entregado el|fecha recepcion"
    "|fecha de recepcion|fecha llegada",
    "carrier": "transportista|agencia|transporte|porteador|agencia de transporte",
    "pod_signed_by": "firmado por|firma|recibido por|firmante",
    "pod_date": "fecha de firma|fecha firma|fecha prueba de entrega|firmado el",
    "pod_quantity": "cantidad recibida|cant recibida|recibido|cantidad aceptada",
    "pod_damaged": "danado|cantidad danada|danados|averiado|cantidad averiada|roturas",
    "pod_reserve": "reserva|reservas|observaciones|notas de entrega|incidencias|comentarios",
    "invoice_number": "numero de factura|factura|n factura|numero factura|num factura"
    "|numero de documento|documento|n documento|codigo factura|fra",
    "document_kind": "tipo de documento|tipo documento|tipo|clase de documento|clase documento"
    "|tipo doc|clase",
    "issue_date": "fecha de factura|fecha factura|fecha de emision|fecha|fecha documento"
    "|fecha emision|fecha de documento|fecha fra|fecha contable",
    "due_date": "fecha de vencimiento|vencimiento|fecha vencimiento|vence el|fecha vto|vto|vence",
    "credited_invoice": "factura abonada|factura original|factura de referencia"
    "|factura rectificada|ref factura|factura origen",
    "description": "descripcion|concepto|descripcion linea|texto|detalle|descripcion articulo",
    "net_amount": "importe neto|base imponible|neto|importe linea|importe|importe sin iva|base"
    "|total linea|valor neto|total neto",
    "vat_amount": "importe iva|cuota iva|iva|cuota|cuota de iva|importe de iva|total iva",
    "document_number": "numero de documento|documento|n documento|numero de factura|factura"
    "|n factura|numero documento|num documento|referencia|numero|numero factura|num factura",
    "original_amount": "importe original|importe factura|importe documento|importe total|total"
    "|total factura|importe|importe bruto|bruto|importe con iva|importe inicial",
    "open_amount": "importe pendiente|saldo|pendiente|importe abierto|saldo pendiente|por cobrar"
    "|pendiente de cobro|importe vivo|pendiente de pago|saldo abierto|deuda|importe adeudado",
    "structured_reference": "referencia estructurada|referencia rf|referencia de acreedor"
    "|referencia de pago",
}
