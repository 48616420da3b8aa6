"""The vocabulary around claim reasons: families, departments, faults, evidence, resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from concilia.kernel.languages import Names


class Family(StrEnum):
    """Trade spend, operations, or money: they are decided by different people."""

    COMMERCIAL = "COMMERCIAL"
    NON_COMMERCIAL = "NON_COMMERCIAL"
    FINANCIAL = "FINANCIAL"


class Department(StrEnum):
    """Who answers for a reason (domain.md §2.4)."""

    ACC = "ACC"
    LOG = "LOG"
    TEC = "TEC"
    SAL = "SAL"
    TRM = "TRM"
    QUA = "QUA"
    TAX = "TAX"
    TRE = "TRE"
    LEG = "LEG"
    CRD = "CRD"
    CUS = "CUS"


class Fault(StrEnum):
    """Whose fault it usually is; NOBODY where the question makes no sense."""

    US = "U"
    CUSTOMER = "C"
    THIRD_PARTY = "T"
    AGREEMENT = "A"
    TO_DECIDE = "?"
    NOBODY = "-"


class Accrual(StrEnum):
    """Whether money was set aside: a trade-spend accrual, a provision when probable, or none."""

    TRADE_SPEND = "Y"
    PROVISION = "P"
    NONE = "N"


class Evidence(StrEnum):
    """A kind of paper that proves or disproves a claim."""

    INV = "INV"
    PO = "PO"
    OC = "OC"
    CT = "CT"
    PRM = "PRM"
    PRF = "PRF"
    DDT = "DDT"
    POD = "POD"
    BOL = "BOL"
    ASN = "ASN"
    GRN = "GRN"
    PL = "PL"
    PHO = "PHO"
    QCR = "QCR"
    RMA = "RMA"
    RET = "RET"
    DN = "DN"
    REM = "REM"
    BNK = "BNK"
    FXR = "FXR"
    TXC = "TXC"
    SR = "SR"
    MTR = "MTR"
    COR = "COR"
    CAR = "CAR"
    CSI = "CSI"
    TST = "TST"
    STK = "STK"
    CHS = "CHS"
    RCL = "RCL"
    PAL = "PAL"
    TRX = "TRX"
    IDP = "IDP"
    CRT = "CRT"


class Resolution(StrEnum):
    """How a claim usually ends."""

    CREDIT_NOTE = "CREDIT_NOTE"
    AP_OFFSET = "AP_OFFSET"
    GL_POSTING = "GL_POSTING"
    REBILL = "REBILL"
    RESHIP = "RESHIP"
    REPLACE = "REPLACE"
    REPAIR = "REPAIR"
    PICK_UP = "PICK_UP"
    SEND_BACK = "SEND_BACK"
    CARRIER_CLAIM = "CARRIER_CLAIM"
    PALLET_ENTRY = "PALLET_ENTRY"
    DENY = "DENY"
    COLLECT_BACK = "COLLECT_BACK"
    GOODWILL = "GOODWILL"
    SEND_DOCUMENT = "SEND_DOCUMENT"
    CORRECT_DUE_DATE = "CORRECT_DUE_DATE"
    CANCEL = "CANCEL"
    CLEAR = "CLEAR"
    TAX_RECEIVABLE = "TAX_RECEIVABLE"
    APPLY_PAYMENT = "APPLY_PAYMENT"
    REFUND = "REFUND"
    NETTING = "NETTING"
    PROOF_OF_CLAIM = "PROOF_OF_CLAIM"
    KEEP_OPEN = "KEEP_OPEN"
    REQUALIFY = "REQUALIFY"


FAMILY_NAMES: Final[Mapping[Family, Names]] = {
    Family.COMMERCIAL: Names("Commercial", "Commerciale", "Commercial", "Comercial", "Kommerziell"),
    Family.NON_COMMERCIAL: Names(
        "Operational", "Operativo", "Opérationnel", "Operativo", "Operativ"
    ),
    Family.FINANCIAL: Names("Financial", "Finanziario", "Financier", "Financiero", "Finanziell"),
}

DEPARTMENT_NAMES: Final[Mapping[Department, Names]] = {
    Department.ACC: Names(
        "Accounting", "Contabilità clienti", "Comptabilité", "Contabilidad", "Buchhaltung"
    ),
    Department.LOG: Names("Logistics", "Logistica", "Logistique", "Logística", "Logistik"),
    Department.TEC: Names(
        "Technical service",
        "Assistenza tecnica",
        "Service technique",
        "Servicio técnico",
        "Technischer Dienst",
    ),
    Department.SAL: Names("Sales", "Vendite", "Ventes", "Ventas", "Vertrieb"),
    Department.TRM: Names(
        "Trade marketing",
        "Trade marketing",
        "Trade marketing",
        "Trade marketing",
        "Trade-Marketing",
    ),
    Department.QUA: Names("Quality", "Qualità", "Qualité", "Calidad", "Qualität"),
    Department.TAX: Names("Tax", "Fiscale", "Fiscalité", "Fiscal", "Steuern"),
    Department.TRE: Names("Treasury", "Tesoreria", "Trésorerie", "Tesorería", "Treasury"),
    Department.LEG: Names("Legal", "Legale", "Juridique", "Jurídico", "Recht"),
    Department.CRD: Names(
        "Credit and collections",
        "Credito e incassi",
        "Crédit et recouvrement",
        "Crédito y cobros",
        "Kredit und Mahnwesen",
    ),
    Department.CUS: Names(
        "Customer care",
        "Servizio clienti",
        "Service client",
        "Atención al cliente",
        "Kundenservice",
    ),
}

FAULT_NAMES: Final[Mapping[Fault, Names]] = {
    Fault.US: Names("Ours", "Nostra", "La nôtre", "Nuestra", "Wir"),
    Fault.CUSTOMER: Names("The customer's", "Del cliente", "Le client", "Del cliente", "Kunde"),
    Fault.THIRD_PARTY: Names(
        "A third party's", "Di un terzo", "Un tiers", "De un tercero", "Dritter"
    ),
    Fault.AGREEMENT: Names(
        "Nobody's, as agreed",
        "Di nessuno, come concordato",
        "Personne, comme convenu",
        "De nadie, según lo pactado",
        "Niemand, wie vereinbart",
    ),
    Fault.TO_DECIDE: Names(
        "To be decided", "Da decidere", "À déterminer", "Por decidir", "Zu klären"
    ),
    Fault.NOBODY: Names("Nobody's", "Di nessuno", "Personne", "De nadie", "Niemand"),
}

EVIDENCE_NAMES: Final[Mapping[Evidence, Names]] = {
    Evidence.INV: Names("Invoice", "Fattura", "Facture", "Factura", "Rechnung"),
    Evidence.PO: Names("Order", "Ordine", "Commande", "Pedido", "Bestellung"),
    Evidence.OC: Names(
        "Order confirmation",
        "Conferma d'ordine",
        "Accusé de commande",
        "Confirmación de pedido",
        "Auftragsbestätigung",
    ),
    Evidence.CT: Names(
        "Contract or price list",
        "Contratto o listino",
        "Contrat ou tarif",
        "Contrato o tarifa",
        "Vertrag oder Preisliste",
    ),
    Evidence.PRM: Names(
        "Promotion agreement",
        "Accordo promozionale",
        "Accord promotionnel",
        "Acuerdo promocional",
        "Aktionsvereinbarung",
    ),
    Evidence.PRF: Names(
        "Proof of performance",
        "Prova di esecuzione",
        "Preuve de réalisation",
        "Prueba de ejecución",
        "Leistungsnachweis",
    ),
    Evidence.DDT: Names(
        "Delivery note", "DDT (bolla)", "Bon de livraison", "Albarán", "Lieferschein"
    ),
    Evidence.POD: Names(
        "Signed proof of delivery",
        "DDT firmato",
        "BL émargé",
        "Albarán firmado",
        "Ablieferungsnachweis",
    ),
    Evidence.BOL: Names(
        "Waybill (CMR)",
        "Lettera di vettura (CMR)",
        "Lettre de voiture (CMR)",
        "Carta de porte (CMR)",
        "Frachtbrief (CMR)",
    ),
    Evidence.ASN: Names(
        "Despatch advice (ASN)",
        "Avviso di spedizione (ASN)",
        "Avis d'expédition (ASN)",
        "Aviso de expedición (ASN)",
        "Lieferavis (ASN)",
    ),
    Evidence.GRN: Names(
        "Customer's goods receipt",
        "Bolla di entrata merce del cliente",
        "Bon de réception du client",
        "Nota de entrada del cliente",
        "Wareneingangsbeleg des Kunden",
    ),
    Evidence.PL: Names(
        "Packing list and weights",
        "Packing list e pesi",
        "Liste de colisage et poids",
        "Lista de bultos y pesos",
        "Packliste und Gewichte",
    ),
    Evidence.PHO: Names("Photos", "Foto", "Photos", "Fotos", "Fotos"),
    Evidence.QCR: Names(
        "Quality report",
        "Rapporto qualità",
        "Rapport qualité",
        "Informe de calidad",
        "Qualitätsbericht",
    ),
    Evidence.RMA: Names(
        "Return authorisation",
        "Autorizzazione al reso",
        "Accord de retour",
        "Autorización de devolución",
        "Rücksendegenehmigung",
    ),
    Evidence.RET: Names(
        "Return receipt",
        "Ricevuta del reso",
        "Bon de retour",
        "Recibo de devolución",
        "Retourenbeleg",
    ),
    Evidence.DN: Names(
        "Customer's debit note",
        "Nota di debito del cliente",
        "Note de débit du client",
        "Nota de cargo del cliente",
        "Belastungsanzeige des Kunden",
    ),
    Evidence.REM: Names(
        "Remittance advice",
        "Avviso di pagamento",
        "Avis de paiement",
        "Aviso de pago",
        "Zahlungsavis",
    ),
    Evidence.BNK: Names(
        "Bank entry", "Movimento bancario", "Écriture bancaire", "Apunte bancario", "Bankbuchung"
    ),
    Evidence.FXR: Names(
        "Exchange rate used",
        "Cambio applicato",
        "Cours de change appliqué",
        "Tipo de cambio aplicado",
        "Angewandter Wechselkurs",
    ),
    Evidence.TXC: Names(
        "Tax certificate or declaration",
        "Certificato o dichiarazione fiscale",
        "Attestation fiscale",
        "Certificado fiscal",
        "Steuerbescheinigung",
    ),
    Evidence.SR: Names(
        "Service report or ticket",
        "Rapporto d'intervento o ticket",
        "Rapport d'intervention ou ticket",
        "Parte de servicio o tique",
        "Servicebericht oder Ticket",
    ),
    Evidence.MTR: Names(
        "Meter reading", "Lettura del contatore", "Relevé de compteur", "Lectura", "Zählerstand"
    ),
    Evidence.COR: Names(
        "Correspondence", "Corrispondenza", "Correspondance", "Correspondencia", "Schriftverkehr"
    ),
    Evidence.CAR: Names(
        "Carrier's confirmation",
        "Conferma del vettore",
        "Confirmation du transporteur",
        "Confirmación del transportista",
        "Bestätigung des Spediteurs",
    ),
    Evidence.CSI: Names(
        "Customer's service invoice",
        "Fattura di servizi del cliente",
        "Facture de prestation du client",
        "Factura de servicios del cliente",
        "Dienstleistungsrechnung des Kunden",
    ),
    Evidence.TST: Names(
        "Turnover statement",
        "Estratto del fatturato",
        "Relevé de chiffre d'affaires",
        "Extracto de facturación",
        "Umsatzaufstellung",
    ),
    Evidence.STK: Names(
        "Stock count or sell-out list",
        "Inventario o elenco sell-out",
        "Inventaire ou état des ventes",
        "Inventario o listado de ventas",
        "Bestands- oder Abverkaufsliste",
    ),
    Evidence.CHS: Names(
        "Clearing-house statement",
        "Rendiconto della stanza di compensazione",
        "Relevé du centre de traitement",
        "Extracto de la cámara de compensación",
        "Abrechnung der Clearingstelle",
    ),
    Evidence.RCL: Names(
        "Recall notice with lots",
        "Avviso di richiamo con lotti",
        "Avis de rappel avec lots",
        "Aviso de retirada con lotes",
        "Rückrufmeldung mit Chargen",
    ),
    Evidence.PAL: Names(
        "Pallet account", "Conto pallet", "Compte palettes", "Cuenta de palés", "Palettenkonto"
    ),
    Evidence.TRX: Names(
        "Proof that the invoice was sent",
        "Ricevuta di trasmissione della fattura",
        "Preuve de transmission de la facture",
        "Justificante de envío de la factura",
        "Übermittlungsnachweis der Rechnung",
    ),
    Evidence.IDP: Names(
        "Identity paper or police report",
        "Documento d'identità o denuncia",
        "Pièce d'identité ou plainte",
        "Documento de identidad o denuncia",
        "Ausweis oder Strafanzeige",
    ),
    Evidence.CRT: Names(
        "Court notice",
        "Comunicazione del tribunale",
        "Avis du tribunal",
        "Comunicación del juzgado",
        "Gerichtliche Mitteilung",
    ),
}

RESOLUTION_NAMES: Final[Mapping[Resolution, Names]] = {
    code: Names(*(name.strip() for name in row.split("|")))
    for code, row in {
        Resolution.CREDIT_NOTE: (
            "Credit note | Nota di credito | Avoir | Abono | Rechnungskorrektur"
        ),
        Resolution.AP_OFFSET: (
            "Offset with the customer's invoice | Compensazione con la fattura del cliente | "
            "Compensation avec la facture du client | Compensación con la factura del cliente | "
            "Verrechnung mit der Rechnung des Kunden"
        ),
        Resolution.GL_POSTING: (
            "Ledger entry | Registrazione contabile | Écriture comptable | Asiento contable | "
            "Sachbuchung"
        ),
        Resolution.REBILL: (
            "Credit and bill again | Storno e rifatturazione | Avoir et nouvelle facture | "
            "Abono y nueva factura | Storno und Neuberechnung"
        ),
        Resolution.RESHIP: (
            "Ship again | Nuova spedizione | Nouvelle expédition | Nuevo envío | Nachlieferung"
        ),
        Resolution.REPLACE: "Replace | Sostituzione | Remplacement | Reposición | Ersatzlieferung",
        Resolution.REPAIR: "Repair | Riparazione | Réparation | Reparación | Reparatur",
        Resolution.PICK_UP: "Pick up | Ritiro | Enlèvement | Recogida | Abholung",
        Resolution.SEND_BACK: (
            "Send back at the customer's cost | Restituzione a spese del cliente | "
            "Réexpédition aux frais du client | Devolución a cargo del cliente | "
            "Rücksendung auf Kosten des Kunden"
        ),
        Resolution.CARRIER_CLAIM: (
            "Claim against the carrier | Reclamo al vettore | Recours contre le transporteur | "
            "Reclamación al transportista | Regress beim Spediteur"
        ),
        Resolution.PALLET_ENTRY: (
            "Pallet account entry | Movimento sul conto pallet | Mouvement du compte palettes | "
            "Apunte en la cuenta de palés | Buchung auf dem Palettenkonto"
        ),
        Resolution.DENY: "Deny | Respingere | Rejeter | Rechazar | Ablehnen",
        Resolution.COLLECT_BACK: (
            "Collect back | Riaddebito e recupero | Remise en recouvrement | Volver a cobrar | "
            "Nachforderung"
        ),
        Resolution.GOODWILL: (
            "Goodwill | A titolo commerciale | Geste commercial | Gesto comercial | Kulanz"
        ),
        Resolution.SEND_DOCUMENT: (
            "Send the document | Invio del documento | Envoi du document | Envío del documento | "
            "Beleg senden"
        ),
        Resolution.CORRECT_DUE_DATE: (
            "Correct the due date | Correzione della scadenza | Correction de l'échéance | "
            "Corrección del vencimiento | Fälligkeit berichtigen"
        ),
        Resolution.CANCEL: (
            "Cancel in full | Annullamento totale | Annulation totale | Anulación total | "
            "Vollständige Stornierung"
        ),
        Resolution.CLEAR: (
            "Clear automatically | Chiusura automatica | Lettrage automatique | "
            "Compensación automática | Automatischer Ausgleich"
        ),
        Resolution.TAX_RECEIVABLE: (
            "Book as tax receivable | Credito d'imposta | Créance fiscale | Crédito fiscal | "
            "Steuerforderung"
        ),
        Resolution.APPLY_PAYMENT: (
            "Apply the payment | Abbinamento dell'incasso | Affectation du paiement | "
            "Aplicación del cobro | Zahlung zuordnen"
        ),
        Resolution.REFUND: "Refund | Rimborso | Remboursement | Reembolso | Erstattung",
        Resolution.NETTING: "Netting | Compensazione | Compensation | Compensación | Aufrechnung",
        Resolution.PROOF_OF_CLAIM: (
            "File proof of claim | Insinuazione al passivo | Déclaration de créance | "
            "Comunicación de créditos | Forderungsanmeldung"
        ),
        Resolution.KEEP_OPEN: (
            "Keep the rest open | Mantenere aperto il residuo | Laisser le solde ouvert | "
            "Dejar abierto el resto | Rest offen lassen"
        ),
        Resolution.REQUALIFY: (
            "Ask for the reason | Chiedere il motivo | Demander le motif | Pedir el motivo | "
            "Grund erfragen"
        ),
    }.items()
}
