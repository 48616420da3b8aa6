"""EDI messages of every kind that is read, as the customers of a food wholesaler send them."""

from __future__ import annotations

from collections.abc import Sequence

ISA = (
    "ISA*00*          *00*          *ZZ*HARTLEYSTORES  *ZZ*AURORAFOODS    "
    "*261120*0905*U*00401*000000071*0*P*>~"
)


def x12(kind: str, *segments: str, number: str = "0001", mark: str = "~") -> str:
    """One transaction set with its envelopes, all counts right."""
    return "".join(f"{each}{mark}" for each in _x12_lines(kind, segments, number))


def _x12_lines(kind: str, segments: Sequence[str], number: str) -> list[str]:
    body = [f"ST*{kind}*{number}", *segments]
    return [
        ISA[:-1],
        "GS*RA*HARTLEY*AURORA*20261120*0905*71*X*004010",
        *body,
        f"SE*{len(body) + 1}*{number}",
        "GE*1*71",
        "IEA*1*000000071",
    ]


def edifact(kind: str, *segments: str, number: str = "1", release: str = "D:01B:UN") -> str:
    """One message with its interchange, all counts right."""
    return (
        "UNA:+.? 'UNB+UNOC:3+5400000000016:14+8000000000019:14+261120:0905+4711'"
        f"{message(kind, *segments, number=number, release=release)}UNZ+1+4711'"
    )


def message(kind: str, *segments: str, number: str = "1", release: str = "D:01B:UN") -> str:
    """One message without interchange."""
    body = [f"UNH+{number}+{kind}:{release}", *segments]
    return "".join(f"{each}'" for each in [*body, f"UNT+{len(body) + 1}+{number}"])


PAYMENT = x12(
    "820",
    "BPR*C*2510.50*C*ACH*CTX*01*021000021*DA*123456*9876543210**01*011000015*DA*654321*20261123",
    "TRN*1*TRACE-88120",
    "CUR*PR*USD",
    "REF*11*C-10044",
    "N1*PR*Hartley Stores Ltd*91*C-10044",
    "N1*PE*Aurora Foods Spa",
    "ENT*1",
    "RMR*IV*FT-2026/03208**1100.00*1222.00**06*-122.00",
    "REF*PO*PO-77120",
    "DTM*003*20260930",
    "RMR*IV*FT-2026/03300**980.00*1000.00*20.00",
    "RMR*IV*FT-2026/03311**600.50*750.50",
    "ADX*-100.00*01",
    "NTE**price of item 4711 not as agreed",
    "ADX*-50.00*54",
    "RMR*CM*CN-2026/0117**-120.00*-120.00",
    "ENT*2",
    "ADX*-50.00*79*DB*DM-5512",
    number="0001",
)
DEBIT = x12(
    "812",
    "BCD*20261118*DM-5520*I*18350*D*20261002*FT-2026/03208*V-1*20260920*PO-77120*00**PD*PROMO-9",
    "CUR*BY*USD",
    "N1*BY*Hartley Stores Ltd*91*C-10044",
    "CDD*06*D*1*12200***5*CA*24.40",
    "LIN*1*VN*4711",
    "N9*IV*FT-2026/03208",
    "CDD*04*D*2*6150***3*CA*20.50",
    "N9*IV*FT-2026/03290",
    "N9*BM*BOL-8812",
)
CREDIT = x12("812", "BCD*20261118*CM-100*I*5000*C**FT-2026/03208", "CDD*81*C*1*5000")
INVOICE_810 = x12(
    "810",
    "BIG*20261112*INV-990*20261101*PO-77120***DI",
    "CUR*SE*USD",
    "REF*BM*BOL-8812",
    "N1*BT*Hartley Stores Ltd*91*C-10044",
    "IT1*1*10*CA*24.40**UP*012345678905",
    "PID*F****Olive oil 1 l",
    "TDS*24400",
    "CTT*1",
)
MEMO_810 = x12("810", "BIG*20261112*CR-12**PO-77120***CR", "REF*IV*FT-2026/03208", "TDS*12050")
PROMOTION_810 = x12(
    "810",
    "BIG*20261112*MK-31*****PR",
    "REF*PD*DEAL-7",
    "IT1*1*1*EA*500",
    "PID*F****Co-op advertising contribution, leaflet week 44",
    "TDS*50000",
)
SHIPMENT = x12(
    "856",
    "BSN*00*SH-4410*20261101*1200*0001",
    "HL*1**S",
    "TD1*CTN25*10",
    "TD5**2*DHL",
    "REF*BM*BOL-8812",
    "HL*2*1*O",
    "PRF*PO-77120***20261020",
    "HL*3*2*I",
    "LIN**UP*012345678905",
    "SN1**100*EA",
    "CTT*3",
)
RECEIPT = x12(
    "861",
    "BRA*RC-201*20261104*00*2",
    "REF*BM*BOL-8812",
    "PRF*PO-77120",
    "N1*ST*Hartley Stores Ltd",
    "RCD*1*95*EA***5*EA*02",
    "LIN*1*VN*4711",
    "RCD*2*90*EA***8*EA*01*2*EA*05",
    "LIN*2*VN*4712",
    "RCD*3*100*EA",
    "RCD*4*105*EA***5*EA*03",
    "CTT*4",
)
ACKNOWLEDGEMENT = x12("997", "AK1*RA*71", "AK9*A*1*1*1")

REMITTANCE = edifact(
    "REMADV",
    "BGM+481+RA-2026-118+9",
    "DTM+137:20261118:102",
    "DTM+138:20261123:102",
    "RFF+PQ:PAY-118",
    "NAD+PR+5400000000016::9++Supermercati Sestri Srl+Via Roma 1+Genova++16100+IT",
    "NAD+PE+C-10055::91",
    "CUX+2:EUR:11",
    "DOC+380+FT-2026/03208",
    "MOA+9:1222.00",
    "MOA+52:24.44",
    "MOA+12:1075.56",
    "RFF+ON:OD-5501",
    "AJT+4",
    "MOA+165:122",
    "FTX+AAI+++mancano 5 colli?: DDT 8812",
    "DOC+380+FT-2026/03300",
    "MOA+9:500",
    "MOA+12:500",
    "DOC+381+NC-2026/0017",
    "MOA+9:100",
    "MOA+12:100",
    "UNS+S",
    "MOA+12:1475.56",
    number="7",
)
DISPUTE = edifact(
    "COMDIS",
    "BGM+739+DSP-310+9",
    "DTM+137:20261118:102",
    "NAD+BY+5400000000016::9++Lindner Märkte GmbH",
    "NAD+SU+8000000000019::9",
    "RFF+IT:K-20881",
    "CUX+2:EUR",
    "DOC+380+RE-2026/4401",
    "MOA+77:980,50",
    "RFF+ON:B-7120",
    "AJT+5",
    "MOA+165:80,50",
    "FTX+AAI+++Preis laut Vereinbarung 2,10 statt 2,35",
    "DOC+380+RE-2026/4402",
    "MOA+9:41,00",
    "AJT+17",
    "UNS+S",
)
INVOICE = edifact(
    "INVOIC",
    "BGM+380+INV-5501+9",
    "DTM+137:20261112:102",
    "RFF+ON:OD-5501",
    "RFF+DQ:DDT-8812",
    "NAD+SU+8000000000019::9++Aurora Foods Spa",
    "NAD+BY+C-10055::91++Supermercati Sestri Srl",
    "CUX+2:EUR:4",
    "LIN+1++8001234567890:EN",
    "IMD+F++:::Olio di oliva 1 l",
    "QTY+47:10",
    "MOA+203:100",
    "UNS+S",
    "MOA+79:100",
    "MOA+124:22",
    "MOA+77:122",
)
CREDIT_NOTE = edifact(
    "INVOIC", "BGM+381+NC-77+9", "RFF+IV:FT-2026/03208", "CUX+2:EUR", "UNS+S", "MOA+77:61"
)
DEBIT_NOTE = edifact(
    "INVOIC",
    "BGM+383+ND-2026-9+9",
    "RFF+IV:FT-2026/03208",
    "RFF+PD:ACC-12",
    "CUX+2:EUR",
    "LIN+1",
    "IMD+F++:::Differenza prezzo olio",
    "MOA+203:50",
    "UNS+S",
    "MOA+77:61",
)
PROMOTION = edifact(
    "INVOIC",
    "BGM+380+MKT-12+9",
    "RFF+PD:ACC-12",
    "CUX+2:EUR",
    "LIN+1",
    "IMD+F++:::Contributo pubblicitario volantino settimana 44",
    "MOA+203:500",
    "UNS+S",
    "MOA+77:610",
)
DESPATCH = edifact(
    "DESADV",
    "BGM+351+DES-9012+9",
    "DTM+137:20261101:102",
    "RFF+ON:OD-5501",
    "RFF+DQ:DDT-8812",
    "CPS+1",
    "PAC+5++CT",
    "LIN+1++8001234567890:EN",
    "QTY+12:100",
)
RECEIVING = edifact(
    "RECADV",
    "BGM+632+REC-11+9",
    "DTM+137:20261104:102",
    "RFF+ON:OD-5501",
    "RFF+AAK:DES-9012",
    "NAD+BY+5400000000016::9++Supermercati Sestri Srl",
    "CPS+1",
    "LIN+1++8001234567890:EN",
    "QTY+12:100",
    "QTY+194:95",
    "QVR+-5:12+CP",
    "LIN+2++8001234567891:EN",
    "QTY+12:50",
    "QTY+194:50",
    "LIN+3++8001234567892:EN",
    "QTY+12:20",
    "QTY+48:18",
    "LIN+4++8001234567893:EN",
    "QVR+-3:124++BN",
)
CREDIT_ADVICE = edifact(
    "CREADV", "BGM+454+CA-3+9", "RFF+IV:FT-2026/03208", "CUX+2:EUR", "MOA+9:75.20"
)
DEBIT_ADVICE = edifact(
    "DEBADV",
    "BGM+456+DA-8+9",
    "DTM+137:20261118:102",
    "CUX+2:EUR",
    "MOA+9:90",
    "DOC+380+FT-2026/03208",
    "MOA+9:60",
    "AJT+3",
    "DOC+380+FT-2026/03300",
    "MOA+9:30",
    "AJT+21",
    "FTX+AAI+++volantino",
)
ORDER = edifact("ORDERS", "BGM+220+OD-5501+9", "LIN+1++8001234567890:EN", "QTY+21:10")

SAMPLES = {
    "x12": ACKNOWLEDGEMENT,
    "x12-810": INVOICE_810,
    "x12-812": DEBIT,
    "x12-820": PAYMENT,
    "x12-856": SHIPMENT,
    "x12-861": RECEIPT,
    "edifact": ORDER,
    "edifact-remadv": REMITTANCE,
    "edifact-comdis": DISPUTE,
    "edifact-invoic": INVOICE,
    "edifact-desadv": DESPATCH,
    "edifact-recadv": RECEIVING,
    "edifact-creadv": CREDIT_ADVICE,
    "edifact-debadv": DEBIT_ADVICE,
}


def wrapped(text: str, columns: int = 80) -> str:
    """The text as old programs send it: cut at a column, wherever that is."""
    return "\r\n".join(text[at : at + columns] for at in range(0, len(text), columns))


def two_in_one(first: str, second: str) -> str:
    """Two EDIFACT messages of one interchange."""
    start = "UNB+UNOC:3+5400000000016:14+8000000000019:14+261120:0905+4712'"
    return f"{start}{first}{second}UNZ+2+4712'"


def long_remittance(lines: int) -> bytes:
    """A REMADV of so many invoices, every third one cut."""
    groups: list[str] = []
    for number in range(lines):
        cut = number % 3 == 0
        groups += [
            f"DOC+380+FT-2026/{number:06}",
            f"MOA+9:{number % 900 + 100}.50",
            f"MOA+12:{number % 900 + (90 if cut else 100)}.50",
            "DTM+137:20260930:102",
        ]
        groups += ["AJT+4", f"FTX+AAI+++mancano colli nella consegna {number}"] if cut else []
    head = ("BGM+481+RA-1+9", "DTM+137:20261118:102", "CUX+2:EUR:11")
    return edifact("REMADV", *head, *groups, "UNS+S", "MOA+12:1234567.50").encode()
