# ruff: noqa: E501 - tables are read by their columns, not by their line length
"""X12 in words: what segments say, and what the codes of their lists are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from concilia.kernel.reasons import (
    REASONS as CANONICAL,
)
from concilia.kernel.reasons import (
    InboundReason,
    Reason,
    from_x12,
    reason_name,
)
from concilia.plugins.parsers.edi.transcript import Words


def table(text: str) -> dict[str, str]:
    """Return `code | word` lines as a mapping."""
    rows = (line.split("|", 1) for line in text.strip().splitlines())
    return {code.strip(): word.strip() for code, word in rows}


def canonical(
    meaning: Callable[[str], InboundReason | None], codes: Callable[[Reason], tuple[str, ...]]
) -> dict[str, str]:
    """Return the canonical name of every code of a list; of several the first one's (R-2.2)."""
    found = {code: meaning(code) for known in CANONICAL.values() for code in codes(known)}
    return {code: reason_name(each.code, "en").lower() for code, each in found.items() if each}


# Transaction sets (element 143).
SETS: Final = table("""
204 | Motor carrier load tender
210 | Freight invoice
214 | Shipment status
810 | Invoice
811 | Consolidated service invoice
812 | Credit or debit adjustment
813 | Tax filing
816 | Organisational relationships
820 | Payment order and remittance advice
824 | Application advice
830 | Planning schedule
832 | Price catalogue
844 | Product transfer account adjustment
846 | Inventory advice
849 | Response to product transfer account adjustment
850 | Purchase order
852 | Product activity data
855 | Purchase order acknowledgement
856 | Ship notice
857 | Shipment and billing notice
860 | Purchase order change
861 | Receiving advice
864 | Text message
867 | Product transfer and resale report
870 | Order status
940 | Warehouse shipping order
944 | Warehouse stock transfer receipt
945 | Warehouse shipping advice
997 | Functional acknowledgement
999 | Implementation acknowledgement
""")
# Element 128, as far as trade uses it.
REFERENCES: Final = table("""
01 | ABA routing number
0K | Customer's policy number
11 | Account number
12 | Billing account
14 | Master account number
2I | Tracking number
4N | Special payment reference
AJ | Accounts receivable account
AP | Accounts receivable number
BM | Bill of lading
BT | Batch number
CK | Check number
CL | Seller's credit memo
CM | Buyer's credit memo
CN | Carrier's reference
CO | Customer order number
CR | Customer reference
CT | Contract number
DB | Buyer's debit memo
DJ | Delivery ticket
DL | Seller's debit memo
DM | Associated product number
DO | Delivery order number
DP | Department number
EV | Receiver identification
IA | Internal vendor number
IK | Invoice number
IL | Internal order number
IN | Consignee's invoice number
IV | Invoice
MA | Ship notice number
MB | Master bill of lading
OI | Original invoice number
OQ | Order number
PD | Promotion or deal number
PK | Packing list number
PM | Part number
PO | Purchase order
R7 | Accounts payable document
RA | Remittance advice number
RV | Receiving number
RZ | Returned goods authorisation
SI | Shipper's identification
ST | Store number
TN | Transaction reference
VN | Vendor order number
VP | Vendor product number
VR | Vendor identification
W6 | Special processing code
ZZ | Reference
""")
# Element 98.
PARTIES: Final = table("""
BT | Bill to
BY | Buyer
CA | Carrier
II | Issuer of invoice
PE | Payee
PR | Payer
RI | Remit to
SE | Seller
SF | Ship from
SO | Sold to
ST | Ship to
SU | Supplier
VN | Vendor
""")
# Element 374.
DAYS: Final = table("""
002 | Delivery requested
003 | Invoice
004 | Purchase order
007 | Effective
009 | Process
011 | Shipped
017 | Estimated delivery
035 | Delivered
036 | Expiration
050 | Received
055 | Confirmed
067 | Current schedule delivery
092 | Contract effective
097 | Transaction creation
109 | Check
111 | Credit or debit memo
150 | Service period start
151 | Service period end
186 | Invoice period start
187 | Invoice period end
193 | Period start
194 | Period end
370 | Actual departure
809 | Post
814 | Payment due
""")
# Element 426; codes that are not in the table are called what they mean to us.
REASONS: Final = canonical(from_x12, lambda known: known.x12) | table("""
01 | pricing error
02 | allowance or charge error
03 | extension error
04 | item not accepted, damaged
05 | item not accepted, quality
06 | quantity contested
07 | incorrect product
08 | substitute product
09 | terms of sale error
10 | pallet or container charge error
11 | returns, damage
12 | returns, quality
13 | returns, dating
14 | returns, promotion
15 | returns, recall
16 | non-invoice related allowance or charge
17 | required data missing
18 | not company bill
19 | duplicate billing
20 | balance due declined
22 | weight error
23 | special charge not authorised
24 | incorrect discount
25 | item not accepted
26 | invoice cancelled
30 | delivery charge incorrect
33 | currency exchange incorrect
36 | scale number incorrect
38 | service incorrect
41 | item not accepted, delay
42 | item not accepted, loss
43 | missing discount
44 | required documents missing
46 | transportation charge incorrect
48 | service charge
50 | late charge
51 | interest penalty charge
52 | credit for previous overpayment
53 | remittance for previous underpayment
54 | freight deducted
55 | tax deducted
56 | advertising allowance taken
57 | volume discount taken
59 | item not received
60 | no open item on file
61 | no open order on file
70 | advance ship notice not received
71 | advertising allowance
72 | authorised return
73 | bill of lading not received
79 | cooperative advertising
81 | credit as agreed
82 | defective allowance
A3 | new store allowance
A5 | overage
A8 | promotional allowance
B2 | rebate
BE | fixture allowance
E5 | invoice price protection
GA | free goods
GE | slotting charge
IA | invoice amount differs from statement
L7 | miscellaneous deductions
L8 | miscellaneous credits
RB | agreed freight allowance
SF | shipping and freight charge
WW | overpayment credit
ZZ | mutually defined
""")
# Element 412, and the canonical reason it gives where it gives one.
CONDITIONS: Final = table("""
01 | damaged
02 | short
03 | over
04 | quality problem
05 | incorrect product
06 | non-standard container
07 | good condition
08 | rejected
09 | on hold
10 | scrapped
11 | adjusts the quantity shipped so far
12 | over, returned to supplier
13 | received without matching ship notice
14 | received and processed without matching ship notice
16 | not received, ship notice required
""")
CONDITION_REASONS: Final = {
    "01": "NC-05",
    "02": "NC-01",
    "03": "NC-04",
    "04": "NC-06",
    "05": "NC-07",
    "06": "NC-13",
    "10": "NC-06",
    "12": "NC-04",
    "13": "NC-13",
    "14": "NC-13",
}
# Element 640, of invoices.
INVOICE_TYPES: Final = table("""
CN | credit invoice
CR | credit memo
DI | debit invoice
DR | debit memo
FB | final bill
PR | product invoice
""")
FLAGS: Final = table("""
C | credit
D | debit
""")
PAYMENTS: Final = table("""
ACH | automated clearing house
BOP | by the bank's choice
CCC | credit card
CHK | check
FWT | wire transfer
NON | no payment, advice only
SWT | SWIFT
ZZZ | as agreed
""")
PURPOSES: Final = table("""
00 | original
01 | cancellation
03 | deletion
04 | change
05 | replacement
06 | confirmation
07 | duplicate
22 | information copy
""")
PRODUCTS: Final = table("""
BP | buyer's item
CB | buyer's catalogue number
EN | EAN
IN | buyer's item
MG | manufacturer's item
SK | SKU
UA | UPC case
UI | UPC
UK | GTIN
UP | UPC
VC | vendor's catalogue number
VN | vendor's item
VP | vendor's item
""")
LEVELS: Final = table("""
I | Item
O | Order
P | Pack
S | Shipment
T | Tare
""")

TEMPLATES: Final = {
    "ISA": "ISA Interchange| {13}| from {6}| to {8}| of {9:d}",
    "GS": "GS Group| {6}| from {2}| to {3}| of {4:d}| version {8}",
    "ST": "ST| {1:=sets}| ({1}),| message {2}",
    "SE": "SE End of message| {2}|, {1} segments",
    "GE": "GE End of group| {2}|, {1} messages",
    "IEA": "IEA End of interchange| {2}|, {1} groups",
    "BPR": "BPR Payment of| {2:$}| ({3:=flags})|, by {4:=payments}|, on {16:d}",
    "TRN": "TRN Trace number| {2}",
    "CUR": "CUR Currency| {2}",
    "REF": "REF| {1:=references}|: {2}|, {3}",
    "N9": "N9| {1:=references}|: {2}|, {3}",
    "DTM": "DTM| {1:=days} date|: {2:d}",
    "N1": "N1| {1:=parties}|: {2}|, number {4}",
    "N2": "N2 Name|: {1}| {2}",
    "N3": "N3 Address|: {1}|, {2}",
    "N4": "N4 Place|: {1}| {2}| {3}| {4}",
    "PER": "PER Contact|: {2}|, {4}|, {6}",
    "ENT": "ENT Entity| {1}|, number {4}",
    "NTE": "NTE Note|: {2}",
    "MSG": "MSG Note|: {1}",
    "MTX": "MTX Note|: {2}",
    "RMR": "RMR| {1:=references}| {2}|: paid {4:$}| of {5:$}|, discount {6:$}|; adjustment {8:$}| reason {7:@reasons}",
    "ADX": "ADX Adjustment| {1:$}| reason {2:@reasons}|, {3:=references}| {4}",
    "BCD": "BCD Adjustment| {2}| of {1:d}|: {5:=flags}| of {4:n2}|, invoice {7}| of {6:d}|, order {10}|, {13:=references}| {14}",
    "CDD": "CDD| {2:=flags}| {4:n2}| reason {1:@reasons}|, position {3}|: quantity {7:#}| {8}|, price difference {9:$}|, price {11:$}",
    "BIG": "BIG Invoice| {2}| of {1:d}|, order {4}| of {3:d}|: {7:=invoice_types}",
    "IT1": "IT1 Item| {1}|: {2:#}| {3}| at {4:$}|, {6:=products}| {7}|, {8:=products}| {9}",
    "PID": "PID Description|: {5}",
    "TDS": "TDS Total| {1:n2}|, subject to discount {2:n2}",
    "TXI": "TXI Tax| {1}|: {2:$}|, {3} %",
    "SAC": "SAC Allowance or charge| {2}|: {5:n2}|, {15}",
    "ITD": "ITD Terms|: discount {3} %|, {8:n2}|, within {5} days|, net {7} days|, {12}",
    "CAD": "CAD Carrier|: {5}|, {8}",
    "AMT": "AMT Amount| {1}|: {2:$}",
    "BSN": "BSN Shipment| {2}| of {3:d}|: {1:=purposes}",
    "HL": "HL| {3:=levels}| {1}",
    "PRF": "PRF Purchase order| {1}| of {4:d}",
    "LIN": "LIN Item| {1}|: {2:=products}| {3}|, {4:=products}| {5}|, {6:=products}| {7}",
    "SN1": "SN1 Shipped| {2:#}| {3}|, ordered {5:#}| {6}",
    "MAN": "MAN Mark| {2}",
    "TD1": "TD1 Packages|: {2:#}| {1}",
    "TD5": "TD5 Carrier|: {3}|, {5}",
    "TD3": "TD3 Vehicle|: {2}| {3}",
    "BRA": "BRA Receiving advice| {1}| of {2:d}|: {3:=purposes}",
    "RCD": (
        "RCD Received| {1}|: accepted {2:#}| {3}|, returned {4:#}| {5}"
        "|; {6:#}| {7}| {8:=conditions}|; {9:#}| {10}| {11:=conditions}|; {12:#}| {13}| {14:=conditions}"
        "|; {15:#}| {16}| {17:=conditions}|; {18:#}| {19}| {20:=conditions}"
    ),
    "CTT": "CTT Total of lines|: {1}",
    "AK1": "AK1 Acknowledges group| {2}| of {1}",
    "AK2": "AK2 Acknowledges message| {2}| of {1}",
    "AK5": "AK5 Message acknowledged|: {1}",
    "AK9": "AK9 Group acknowledged|: {1}|, {4} of| {2} messages accepted",
}

WORDS: Final = Words(
    templates=TEMPLATES,
    lists={
        "sets": SETS,
        "references": REFERENCES,
        "parties": PARTIES,
        "days": DAYS,
        "reasons": REASONS,
        "conditions": CONDITIONS,
        "invoice_types": INVOICE_TYPES,
        "flags": FLAGS,
        "payments": PAYMENTS,
        "purposes": PURPOSES,
        "products": PRODUCTS,
        "levels": LEVELS,
    },
    openers=frozenset({"RMR", "IT1", "HL", "CDD", "RCD", "ADX"}),
    closers=frozenset({"SE", "TDS", "CTT", "GE", "IEA", "N1", "ENT"}),
)
