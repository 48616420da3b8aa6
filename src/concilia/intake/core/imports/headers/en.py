"""How English files head their columns."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "customer_number": "customer number|customer code|customer id|customer|customer account"
    "|account|account number|account code|debtor|debtor number|debtor code|client number"
    "|client code|client id|client|sold to|sold to party|bill to|bill to customer|payer|cust"
    "|cust no|business partner|bp number|customer ref|buyer number",
    "customers.name": "name|customer name|company name|company|trading name|short name"
    "|account name|client name|debtor name|name 1|trade name",
    "legal_name": "legal name|registered name|full name|official name|legal entity name|name 2",
    "contacts.name": "name|contact|contact name|contact person|person|full name|attention",
    "products.name": "name|description|product name|item name|item description"
    "|article description|material description|product description|product|title",
    "promotions.name": "name|promotion name|promotion|description|promotion description|deal name"
    "|campaign|promo name",
    "country": "country|country code|country region|iso country|nation",
    "language": "language|language code|correspondence language|lang",
    "vat_number": "vat number|vat no|vat registration number|vat id|vat reg no|tax number|tax id"
    "|tax registration number|vat|vat registration",
    "parent_number": "parent|parent number|parent customer|parent account|parent code|head office"
    "|head office number|group customer|parent company",
    "payer_group": "payer group|payment group|paying group|buying group|group|group code"
    "|customer group|cooperative|central payer",
    "payment_days": "payment days|payment terms days|terms|payment terms|net days|days"
    "|credit days|payment term|terms of payment|days net",
    "discount_percent": "discount percent|cash discount percent|cash discount|discount"
    "|discount rate|settlement discount|prompt payment discount|early payment discount|skonto"
    "|discount percentage",
    "promotions.discount_percent": "discount percent|discount|percent off|rebate percent|rebate"
    "|discount percentage|allowance percent",
    "discount_days": "discount days|cash discount days|settlement days|days for discount"
    "|prompt payment days",
    "credit_limit": "credit limit|limit|credit line|credit ceiling|approved credit",
    "currency": "currency|currency code|curr|cur|ccy|document currency|transaction currency",
    "post_code": "post code|postcode|postal code|zip|zip code",
    "segment": "segment|customer segment|class|category|channel|customer type|trade channel"
    "|sales channel|customer class",
    "email_domains": "email domains|email domain|domains|domain|mail domain|web domain",
    "ibans": "ibans|iban|bank account|iban number|bank accounts|payer iban",
    "email": "email|email address|e mail|mail|contact email|e mail address",
    "phone": "phone|telephone|phone number|tel|mobile|telephone number|phone no|contact phone",
    "role": "role|function|job title|position|title|department|contact role",
    "sku": "sku|item|item number|item code|article|article number|article code|product code"
    "|product number|product id|material|material number|part number|stock code|product",
    "unit": "unit|uom|unit of measure|base unit|sales unit|pack unit",
    "vat_rate": "vat rate|vat percent|tax rate|tax percent|vat|rate of vat|tax code rate",
    "unit_price": "unit price|price|net price|price per unit|unit net price|contract price"
    "|agreed price|list price|sales price|price each",
    "valid_from": "valid from|start date|from|from date|effective from|effective date|start"
    "|validity start|price from|starting date",
    "valid_to": "valid to|end date|to|to date|valid until|until|expiry date|effective to|end"
    "|validity end|expires|ending date",
    "promotion_code": "promotion code|promotion number|promo code|deal number|deal code"
    "|promotion id|campaign code|deal id|agreement number|promotion",
    "promotions.kind": "kind|type|promotion type|deal type|mechanic|promo type",
    "promo_price": "promo price|promotional price|promotion price|deal price|special price",
    "starts": "starts|start|start date|from|valid from|promotion start|begin|sell in start",
    "ends": "ends|end|end date|to|valid to|promotion end|until|sell in end",
    "budget": "budget|maximum amount|cap|promotion budget|ceiling",
    "order_number": "order number|order no|sales order|sales order number|so number|order"
    "|order id|our order|order ref|order code",
    "customer_order_number": "customer order number|customer order|customer po|po number|po"
    "|purchase order|purchase order number|customer reference|your order|customer po number"
    "|cust po|external document number|buyer order number",
    "order_date": "order date|date of order|ordered on|date|document date|ordered",
    "requested_date": "requested date|requested delivery date|requested|wanted date|delivery date"
    "|required date|promised date",
    "line": "line|line number|line no|position|pos|item number|item no|row|line item",
    "quantity": "quantity|qty|ordered quantity|order quantity|shipped quantity|quantity shipped"
    "|delivered quantity|invoiced quantity|units|billed quantity|quantity ordered",
    "delivery_number": "delivery number|delivery note|delivery note number|despatch note|shipment"
    "|shipment number|delivery|dispatch number|packing slip|packing slip number|delivery doc"
    "|despatch number",
    "shipped_date": "shipped date|ship date|shipping date|despatch date|dispatch date"
    "|goods issue date|shipped|shipped on|date|delivery note date|shipment date",
    "delivered_date": "delivered date|delivery date|date delivered|delivered|delivered on"
    "|arrival date|received date",
    "carrier": "carrier|haulier|transporter|forwarder|shipping agent|freight carrier|transport",
    "pod_signed_by": "pod signed by|signed by|received by|signature|pod name|signee|signatory",
    "pod_date": "pod date|signed date|date signed|proof of delivery date|signature date",
    "pod_quantity": "pod quantity|received quantity|quantity received|accepted quantity|pod qty"
    "|signed quantity",
    "pod_damaged": "pod damaged|damaged|damaged quantity|quantity damaged|qty damaged|damages",
    "pod_reserve": "pod reserve|reserve|remarks|pod remarks|exceptions|comments on pod|pod notes"
    "|delivery remarks|reservation",
    "invoice_number": "invoice number|invoice no|invoice|invoice id|inv no|billing document"
    "|document number|document no|our invoice|invoice ref|bill number|doc no|inv number",
    "document_kind": "document kind|document type|doc type|type|kind|transaction type|item type"
    "|invoice type|document class|trans type",
    "issue_date": "issue date|invoice date|document date|doc date|date|date of issue|billing date"
    "|issued|posting date|transaction date|inv date|tax date",
    "due_date": "due date|due|net due date|maturity|payment due|date due|maturity date|due on"
    "|payment due date",
    "credited_invoice": "credited invoice|original invoice|reference invoice|credit of|refers to"
    "|corrected invoice|applies to|applied invoice|related invoice",
    "description": "description|line description|item description|text|article description"
    "|details|product description|item text|product name",
    "net_amount": "net amount|net|line amount|line net|amount excluding vat|net value|line total"
    "|amount|net line amount|amount net|extended amount|value|taxable amount",
    "vat_amount": "vat amount|tax amount|vat|tax|vat value|line vat|amount of vat",
    "document_number": "document number|document no|document|doc no|invoice number|invoice no"
    "|invoice|reference|number|item number|transaction number|billing document|inv no",
    "original_amount": "original amount|invoice amount|document amount|gross amount|total|amount"
    "|total amount|original|gross|invoice total|amount including vat|original value",
    "open_amount": "open amount|outstanding|balance|amount open|remaining amount|open|amount due"
    "|outstanding amount|open balance|balance due|remaining|unpaid|amount outstanding"
    "|residual|open value|due amount",
    "structured_reference": "structured reference|creditor reference|rf reference"
    "|payment reference|iso reference|rf",
}
