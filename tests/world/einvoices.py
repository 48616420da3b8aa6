# ruff: noqa: E501 - XML is read by its nodes, not by its line length
"""Small e-invoices and notices of our own, one for each dialect; and the envelope of signed files."""

from __future__ import annotations

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"


def ubl(
    root: str = "Invoice",
    *,
    code: str = "380",
    item: str = "Olive oil 1 l",
    extra: str = "",
    amount: str = "122.00",
) -> bytes:
    line = {"Invoice": "InvoiceLine", "CreditNote": "CreditNoteLine"}[root]
    quantity = {"Invoice": "InvoicedQuantity", "CreditNote": "CreditedQuantity"}[root]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<x:{root} xmlns:x="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:b="{CBC}" xmlns:a="{CAC}">
<b:ID>FT-100</b:ID><b:IssueDate>2026-11-02</b:IssueDate><b:DueDate>2026-12-02</b:DueDate>
<b:{root}TypeCode>{code}</b:{root}TypeCode><b:Note>Goods delivered as agreed</b:Note>
<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode><b:BuyerReference>04011000-1</b:BuyerReference>
<a:OrderReference><b:ID>PO-7</b:ID></a:OrderReference>{extra}
<a:DespatchDocumentReference><b:ID>DDT-3</b:ID></a:DespatchDocumentReference>
<a:ContractDocumentReference><b:ID>C-9</b:ID></a:ContractDocumentReference>
<a:AccountingSupplierParty><a:Party><a:PartyTaxScheme><b:CompanyID>IT01234567890</b:CompanyID>
<a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:PartyTaxScheme>
<a:PartyLegalEntity><b:RegistrationName>Oleificio Uno</b:RegistrationName></a:PartyLegalEntity>
</a:Party></a:AccountingSupplierParty>
<a:AccountingCustomerParty><a:Party><a:PartyIdentification><b:ID>K-55</b:ID></a:PartyIdentification>
<a:PartyIdentification><b:ID schemeID="0088">4012345000009</b:ID></a:PartyIdentification>
<a:PartyName><b:Name>Laden Zwei</b:Name></a:PartyName></a:Party></a:AccountingCustomerParty>
<a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator>
<b:AllowanceChargeReason>Loyalty</b:AllowanceChargeReason>
<b:Amount currencyID="EUR">10.00</b:Amount></a:AllowanceCharge>
<a:TaxTotal><b:TaxAmount currencyID="EUR">22.00</b:TaxAmount></a:TaxTotal>
<a:LegalMonetaryTotal><b:TaxExclusiveAmount currencyID="EUR">100.00</b:TaxExclusiveAmount>
<b:TaxInclusiveAmount currencyID="EUR">{amount}</b:TaxInclusiveAmount>
<b:PayableAmount currencyID="EUR">{amount}</b:PayableAmount></a:LegalMonetaryTotal>
<a:{line}><b:ID>1</b:ID><b:{quantity} unitCode="C62">10</b:{quantity}>
<b:LineExtensionAmount currencyID="EUR">110.00</b:LineExtensionAmount>
<a:Item><b:Name>{item}</b:Name></a:Item>
<a:Price><b:PriceAmount currencyID="EUR">11.00</b:PriceAmount></a:Price></a:{line}>
</x:{root}>""".encode()


BEFORE = """<a:BillingReference><a:InvoiceDocumentReference><b:ID>FT-88</b:ID>
<b:IssueDate>2026-10-01</b:IssueDate></a:InvoiceDocumentReference></a:BillingReference>"""


def response(
    code: str,
    *,
    why: str = "",
    text: str = "",
    profile: str = "urn:fdc:peppol.eu:poacc:trns:invoice_response:3",
    about: str = "380",
) -> bytes:
    status = (
        f"""<a:Status><b:StatusReasonCode listID="OPStatusReason">{why}</b:StatusReasonCode>
        <b:StatusReason>{text}</b:StatusReason></a:Status>"""
        if why or text
        else ""
    )
    return f"""<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
 xmlns:b="{CBC}" xmlns:a="{CAC}"><b:CustomizationID>{profile}</b:CustomizationID>
<b:ID>R-1</b:ID><b:IssueDate>2026-11-20</b:IssueDate><a:SenderParty><a:PartyLegalEntity>
<b:RegistrationName>Laden Zwei</b:RegistrationName></a:PartyLegalEntity></a:SenderParty>
<a:DocumentResponse><a:Response><b:ResponseCode>{code}</b:ResponseCode>{status}</a:Response>
<a:DocumentReference><b:ID>FT-100</b:ID><b:DocumentTypeCode>{about}</b:DocumentTypeCode>
</a:DocumentReference></a:DocumentResponse></ApplicationResponse>""".encode()


def cii(code: str = "380", *, total: str = "11.90") -> bytes:
    uri = "urn:un:unece:uncefact:data:standard"
    return f"""<?xml version="1.0"?>
<r:CrossIndustryInvoice xmlns:r="{uri}:CrossIndustryInvoice:100"
 xmlns:m="{uri}:ReusableAggregateBusinessInformationEntity:100"
 xmlns:u="{uri}:UnqualifiedDataType:100"><r:ExchangedDocument><m:ID>RE-5</m:ID>
<m:TypeCode>{code}</m:TypeCode><m:IssueDateTime>
<u:DateTimeString format="102">20261102</u:DateTimeString></m:IssueDateTime></r:ExchangedDocument>
<r:SupplyChainTradeTransaction><m:IncludedSupplyChainTradeLineItem>
<m:AssociatedDocumentLineDocument><m:LineID>1</m:LineID></m:AssociatedDocumentLineDocument>
<m:SpecifiedTradeProduct><m:Name>Poti 100k</m:Name></m:SpecifiedTradeProduct>
<m:SpecifiedLineTradeDelivery><m:BilledQuantity unitCode="C62">10</m:BilledQuantity>
</m:SpecifiedLineTradeDelivery><m:SpecifiedLineTradeSettlement>
<m:SpecifiedTradeSettlementLineMonetarySummation><m:LineTotalAmount>10.00</m:LineTotalAmount>
</m:SpecifiedTradeSettlementLineMonetarySummation></m:SpecifiedLineTradeSettlement>
</m:IncludedSupplyChainTradeLineItem><m:ApplicableHeaderTradeAgreement>
<m:SellerTradeParty><m:Name>Werk GmbH</m:Name><m:PostalTradeAddress><m:CountryID>DE</m:CountryID>
</m:PostalTradeAddress></m:SellerTradeParty><m:BuyerTradeParty><m:ID>10202</m:ID>
<m:Name>Boutique</m:Name></m:BuyerTradeParty><m:BuyerOrderReferencedDocument>
<m:IssuerAssignedID>PO445</m:IssuerAssignedID></m:BuyerOrderReferencedDocument>
</m:ApplicableHeaderTradeAgreement><m:ApplicableHeaderTradeSettlement>
<m:InvoiceCurrencyCode>EUR</m:InvoiceCurrencyCode>
<m:SpecifiedTradeSettlementHeaderMonetarySummation><m:TaxBasisTotalAmount>10.00</m:TaxBasisTotalAmount>
<m:GrandTotalAmount>{total}</m:GrandTotalAmount><m:DuePayableAmount>{total}</m:DuePayableAmount>
</m:SpecifiedTradeSettlementHeaderMonetarySummation><m:InvoiceReferencedDocument>
<m:IssuerAssignedID>RE-4</m:IssuerAssignedID></m:InvoiceReferencedDocument>
</m:ApplicableHeaderTradeSettlement></r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>""".encode()


def fatturapa(*kinds: str) -> bytes:
    bodies = "".join(
        f"""<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
<TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa><Data>2026-11-0{n}</Data>
<Numero>{n}/A</Numero><Causale>Vendita di olio</Causale></DatiGeneraliDocumento>
<DatiOrdineAcquisto><IdDocumento>66{n}</IdDocumento></DatiOrdineAcquisto>
<DatiFattureCollegate><IdDocumento>9/A</IdDocumento></DatiFattureCollegate>
<DatiDDT><NumeroDDT>77</NumeroDDT><DataDDT>2026-11-01</DataDDT></DatiDDT></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Olio</Descrizione>
<Quantita>10.00</Quantita><PrezzoUnitario>10.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale>
</DettaglioLinee><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA>
<ImponibileImporto>100.00</ImponibileImporto><Imposta>22.00</Imposta></DatiRiepilogo>
</DatiBeniServizi></FatturaElettronicaBody>"""
        for n, kind in enumerate(kinds or ("TD01",), start=1)
    )
    return f"""<p:FatturaElettronica versione="FPR12"
 xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"><FatturaElettronicaHeader>
<CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice>
</IdFiscaleIVA><Anagrafica><Denominazione>ALFA SRL</Denominazione></Anagrafica></DatiAnagrafici>
<Sede><Comune>Bari</Comune><Nazione>IT</Nazione></Sede></CedentePrestatore></FatturaElettronicaHeader>
{bodies}</p:FatturaElettronica>""".encode()


SIMPLIFIED = b"""<p:FatturaElettronicaSemplificata versione="FSM10"
 xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0"><FatturaElettronicaHeader>
<CedentePrestatore><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice></IdFiscaleIVA>
<Denominazione>BAR ALFA</Denominazione><Sede><Comune>Bari</Comune><Nazione>IT</Nazione></Sede>
</CedentePrestatore><CessionarioCommittente><IdentificativiFiscali><CodiceFiscale>09876543210
</CodiceFiscale></IdentificativiFiscali></CessionarioCommittente></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD08</TipoDocumento>
<Divisa>EUR</Divisa><Data>2026-11-03</Data><Numero>S-4</Numero></DatiGeneraliDocumento>
<DatiFatturaRettificata><NumeroFR>S-3</NumeroFR><DataFR>2026-11-01</DataFR></DatiFatturaRettificata>
</DatiGenerali><DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>61.00</Importo>
<DatiIVA><Aliquota>22.00</Aliquota></DatiIVA></DatiBeniServizi></FatturaElettronicaBody>
</p:FatturaElettronicaSemplificata>"""


def facturae(*, total: str = "121.00", kind: str = "OO", corrective: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fe:Facturae xmlns:fe="http://www.facturae.es/Facturae/2014/v3.2.1/Facturae"
 xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><FileHeader><SchemaVersion>3.2.1</SchemaVersion>
<InvoiceIssuerType>EM</InvoiceIssuerType></FileHeader><Parties><SellerParty><TaxIdentification>
<TaxIdentificationNumber>ESB12345678</TaxIdentificationNumber></TaxIdentification><LegalEntity>
<CorporateName>Aceites SL</CorporateName><AddressInSpain><Town>Sevilla</Town>
<CountryCode>ESP</CountryCode></AddressInSpain></LegalEntity></SellerParty><BuyerParty><Individual>
<Name>Ana</Name><FirstSurname>Prueba</FirstSurname></Individual></BuyerParty></Parties><Invoices>
<Invoice><InvoiceHeader><InvoiceNumber>15</InvoiceNumber><InvoiceSeriesCode>A</InvoiceSeriesCode>
<InvoiceDocumentType>FC</InvoiceDocumentType><InvoiceClass>{kind}</InvoiceClass>{corrective}
</InvoiceHeader><InvoiceIssueData><IssueDate>2026-11-02</IssueDate>
<InvoiceCurrencyCode>EUR</InvoiceCurrencyCode></InvoiceIssueData><TaxesOutputs><Tax>
<TaxRate>21.00</TaxRate><TaxableBase><TotalAmount>100.00</TotalAmount></TaxableBase></Tax>
</TaxesOutputs><InvoiceTotals><TotalGrossAmountBeforeTaxes>100.00</TotalGrossAmountBeforeTaxes>
<InvoiceTotal>{total}</InvoiceTotal><TotalExecutableAmount>{total}</TotalExecutableAmount>
</InvoiceTotals><Items><InvoiceLine><ReceiverTransactionReference>PED-3</ReceiverTransactionReference>
<DeliveryNotesReferences><DeliveryNote><DeliveryNoteNumber>ALB-8</DeliveryNoteNumber></DeliveryNote>
</DeliveryNotesReferences><ItemDescription>Aceite</ItemDescription><Quantity>10.0</Quantity>
<UnitPriceWithoutTax>10.00</UnitPriceWithoutTax><GrossAmount>100.00</GrossAmount></InvoiceLine></Items>
</Invoice></Invoices><ds:Signature/></fe:Facturae>""".encode()


CORRECTIVE = """<Corrective><InvoiceNumber>14</InvoiceNumber><InvoiceSeriesCode>A</InvoiceSeriesCode>
<ReasonCode>80</ReasonCode><ReasonDescription>Devolución de mercancía</ReasonDescription></Corrective>"""


def cdar(code: str, *, motive: str = "", text: str = "", amounts: str = "") -> bytes:
    uri = "urn:un:unece:uncefact:data:standard"
    why = f"<m:ReasonCode>{motive}</m:ReasonCode>" if motive else ""
    said = f"<m:Reason>{text}</m:Reason>" if text else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<r:CrossDomainAcknowledgementAndResponse xmlns:r="{uri}:CrossDomainAcknowledgementAndResponse:100"
 xmlns:m="{uri}:ReusableAggregateBusinessInformationEntity:100" xmlns:u="{uri}:UnqualifiedDataType:100"
 xmlns:q="{uri}:QualifiedDataType:100"><r:ExchangedDocument><m:ID>F1_{code}</m:ID><m:IssueDateTime>
<u:DateTimeString format="204">20261120101500</u:DateTimeString></m:IssueDateTime>
<m:IssuerTradeParty><m:Name>Boutique</m:Name><m:RoleCode>BY</m:RoleCode></m:IssuerTradeParty>
</r:ExchangedDocument><r:AcknowledgementDocument><m:ReferenceReferencedDocument>
<m:IssuerAssignedID>F-2026-1</m:IssuerAssignedID><m:TypeCode>380</m:TypeCode>
<m:FormattedIssueDateTime><q:DateTimeString format="102">20261102</q:DateTimeString>
</m:FormattedIssueDateTime><m:ProcessConditionCode>{code}</m:ProcessConditionCode>
<m:SpecifiedDocumentStatus>{why}{said}{amounts}</m:SpecifiedDocumentStatus>
</m:ReferenceReferencedDocument></r:AcknowledgementDocument>
</r:CrossDomainAcknowledgementAndResponse>""".encode()


def characteristic(kind: str, value: str) -> str:
    return (
        f"<m:SpecifiedDocumentCharacteristic><m:TypeCode>{kind}</m:TypeCode>"
        f'<m:ValueAmount currencyID="EUR">{value}</m:ValueAmount></m:SpecifiedDocumentCharacteristic>'
    )


def sdi(root: str, inside: str) -> bytes:
    return f"""<?xml version="1.0"?><t:{root} versione="1.0"
 xmlns:t="http://www.fatturapa.gov.it/sdi/messaggi/v1.0"><IdentificativoSdI>111</IdentificativoSdI>
<NomeFile>IT01234567890_00001.xml</NomeFile><DataOraRicezione>2026-11-20T10:00:00</DataOraRicezione>
{inside}</t:{root}>""".encode()


REFUSED = """<EsitoCommittente><IdentificativoSdI>111</IdentificativoSdI><RiferimentoFattura>
<NumeroFattura>1/A</NumeroFattura><AnnoFattura>2026</AnnoFattura></RiferimentoFattura>
<Esito>EC02</Esito><Descrizione>Manca il numero d'ordine</Descrizione></EsitoCommittente>"""

REMT = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:remt.001.001.04"><RmtAdvc><GrpHdr>
<MsgId>RA-1</MsgId><CreDtTm>2026-11-20T10:00:00</CreDtTm><InitgPty><Nm>Boutique</Nm></InitgPty></GrpHdr>
<RmtInf><RmtId>1</RmtId><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>FT-1</Nb>
<RltdDt>2026-10-01</RltdDt></RfrdDocInf><RfrdDocAmt><DuePyblAmt Ccy="EUR">1000.00</DuePyblAmt>
<DscntApldAmt><Amt Ccy="EUR">20.00</Amt></DscntApldAmt><AdjstmntAmtAndRsn>
<Amt Ccy="EUR">80.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Rsn>4</Rsn><AddtlInf>2 cartons short</AddtlInf>
</AdjstmntAmtAndRsn><RmtdAmt Ccy="EUR">900.00</RmtdAmt></RfrdDocAmt></Strd>
<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>NC-2</Nb></RfrdDocInf>
<RfrdDocAmt><CdtNoteAmt Ccy="EUR">50.00</CdtNoteAmt></RfrdDocAmt></Strd>
<OrgnlPmtInf><Refs><EndToEndId>E2E-1</EndToEndId></Refs><Amt><InstdAmt Ccy="EUR">850.00</InstdAmt></Amt>
<Dbtr><Nm>Boutique</Nm></Dbtr></OrgnlPmtInf></RmtInf></RmtAdvc></Document>"""

ORDER = f"""<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:b="{CBC}"
 xmlns:a="{CAC}"><b:ID>PO-7</b:ID><b:IssueDate>2026-10-20</b:IssueDate>
<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode><a:AnticipatedMonetaryTotal>
<b:PayableAmount currencyID="EUR">110.00</b:PayableAmount></a:AnticipatedMonetaryTotal>
<a:OrderLine><a:LineItem><b:ID>1</b:ID><b:Quantity unitCode="C62">10</b:Quantity>
<a:Item><b:Name>Oil</b:Name></a:Item></a:LineItem></a:OrderLine></Order>""".encode()

RECEIPT = f"""<ReceiptAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ReceiptAdvice-2"
 xmlns:b="{CBC}" xmlns:a="{CAC}"><b:ID>GR-1</b:ID><b:IssueDate>2026-10-25</b:IssueDate>
<a:OrderReference><b:ID>PO-7</b:ID></a:OrderReference><a:DespatchDocumentReference><b:ID>DDT-3</b:ID>
</a:DespatchDocumentReference><a:ReceiptLine><b:ID>1</b:ID>
<b:ReceivedQuantity unitCode="C62">8</b:ReceivedQuantity>
<b:ShortQuantity unitCode="C62">2</b:ShortQuantity><a:Item><b:Name>Oil</b:Name></a:Item>
</a:ReceiptLine></ReceiptAdvice>""".encode()

DESPATCH = f"""<DespatchAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2"
 xmlns:b="{CBC}" xmlns:a="{CAC}"><b:ID>DDT-3</b:ID><b:IssueDate>2026-10-24</b:IssueDate>
<a:OrderReference><b:ID>PO-7</b:ID></a:OrderReference><a:DespatchLine><b:ID>1</b:ID>
<b:DeliveredQuantity unitCode="C62">10</b:DeliveredQuantity><a:Item><b:Name>Oil</b:Name></a:Item>
</a:DespatchLine></DespatchAdvice>""".encode()

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
PLAIN_DATA = bytes.fromhex("06092a864886f70d010701")


def der(tag: int, content: bytes) -> bytes:
    """A value of ASN.1 with its length before it."""
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + content


def endless(tag: int, content: bytes) -> bytes:
    """A value of ASN.1 of no stated length, as programs write that stream."""
    return bytes([tag, 0x80]) + content + b"\0\0"


def signed(content: bytes) -> bytes:
    """A signed file as a streaming program packs it: in pieces of pieces, of no stated length."""
    pieces = [der(0x04, content[at : at + 100]) for at in range(0, len(content), 100)]
    octets = endless(0x24, endless(0x24, b"".join(pieces[:3])) + b"".join(pieces[3:]))
    inner = endless(0x30, PLAIN_DATA + endless(0xA0, octets))
    body = endless(0x30, der(0x02, b"\1") + der(0x31, b"") + inner + der(0x31, b""))
    return endless(0x30, SIGNED_DATA + endless(0xA0, body))
