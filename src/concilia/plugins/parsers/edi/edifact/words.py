# ruff: noqa: E501 - tables are read by their columns, not by their line length
"""UN/EDIFACT in words: what segments say, and what the codes of their lists are called."""

from __future__ import annotations

from typing import Final

from concilia.kernel.reasons import from_uncl4465
from concilia.plugins.parsers.edi.transcript import Words
from concilia.plugins.parsers.edi.x12.words import canonical, table

MESSAGES: Final = table("""
APERAK | Application error and acknowledgement
COMDIS | Commercial dispute
CONTRL | Syntax and service report
CREADV | Credit advice
CREMUL | Multiple credit advice
DEBADV | Debit advice
DEBMUL | Multiple debit advice
DELFOR | Delivery schedule
DELJIT | Delivery just in time
DESADV | Despatch advice
FINSTA | Financial statement
IFTMIN | Transport instruction
IFTSTA | Transport status
INVOIC | Invoice
INVRPT | Inventory report
MSCONS | Metered services consumption
ORDCHG | Order change
ORDERS | Purchase order
ORDRSP | Order response
PARTIN | Party information
PAYMUL | Multiple payment order
PAYORD | Payment order
PRICAT | Price catalogue
RECADV | Receiving advice
REMADV | Remittance advice
RETANN | Announcement of returns
SLSRPT | Sales report
UTILMD | Utilities master data
""")
# Element 1001, as far as trade uses it.
DOCUMENTS: Final = table("""
80 | Debit note (goods or services)
81 | Credit note (goods or services)
82 | Metered services invoice
83 | Credit note (financial adjustment)
84 | Debit note (financial adjustment)
105 | Purchase order
220 | Order
239 | Rejection of invoices
240 | Remittance, invoices accepted
261 | Self-billed credit note
262 | Consolidated credit note
270 | Delivery note
308 | Delcredere credit note
325 | Pro-forma invoice
326 | Partial invoice
351 | Despatch advice
380 | Invoice
381 | Credit note
382 | Commission note
383 | Debit note
384 | Corrected invoice
385 | Consolidated invoice
386 | Prepayment invoice
388 | Tax invoice
389 | Self-billed invoice
390 | Delcredere invoice
393 | Factored invoice
395 | Consignment invoice
396 | Factored credit note
420 | Payment credit note
454 | Credit advice
456 | Debit advice
457 | Reversal of debit
458 | Reversal of credit
481 | Remittance advice
527 | Self-billed debit note
532 | Forwarder's credit note
575 | Insurer's invoice
623 | Forwarder's invoice
632 | Receiving advice
739 | Commercial dispute
780 | Freight invoice
817 | Claim notification
""")
# Element 1153.
REFERENCES: Final = table("""
AAJ | Delivery order number
AAK | Despatch advice
AAN | Delivery schedule
AAS | Transport document
AAU | Despatch note
ABO | Originator's reference
ACD | Additional reference
ACE | Related document
ACK | Bank reference
ACW | Previous message
ADE | Account number
AEP | Project
AFO | Beneficiary's reference
AGI | Request number
AJK | Delivery consolidation
ALO | Receiving advice
ALQ | Returns notice
API | Additional party identification
ATS | Object identifier
AVE | Accounting reference
BM | Bill of lading
BN | Booking number
CD | Credit note
CO | Buyer's order number
CR | Customer reference
CT | Contract
DL | Debit note
DM | Document number
DQ | Delivery note
FF | Freight forwarder's reference
GC | Government contract
GN | Government reference
IA | Vendor number
IT | Customer number
IV | Invoice
OI | Previous invoice
ON | Order
PD | Promotion deal
PK | Packing list
PL | Price list
POR | Order response
PQ | Payment reference
RA | Remittance advice
SRN | Shipment reference
VA | VAT number
VN | Supplier's order number
Z13 | Process
ZZZ | Reference
""")
# Element 2005.
DAYS: Final = table("""
2 | Delivery requested
3 | Invoice
4 | Order
11 | Despatch
13 | Terms net due
35 | Delivery
50 | Goods receipt
69 | Promised delivery
131 | Tax point
137 | Document
138 | Payment
140 | Payment due
143 | Acceptance
147 | Tax period start
155 | Accounting period start
156 | Accounting period end
163 | Processing start
164 | Processing end
167 | Charge period start
168 | Charge period end
171 | Reference
178 | Arrival
203 | Execution
209 | Value
263 | Invoicing period
265 | Payment due
454 | Accounting value
""")
# Element 3035.
PARTIES: Final = table("""
BY | Buyer
BE | Beneficiary
CN | Consignee
CZ | Consignor
DP | Delivery party
II | Issuer of invoice
IV | Invoicee
LC | Tax representative
MR | Receiver of message
MS | Sender of message
OY | Ordering customer
PB | Paying bank
PE | Payee
PR | Payer
RB | Receiving bank
RE | Party to receive payment
SE | Seller
SF | Ship from
ST | Ship to
SU | Supplier
UD | Ultimate customer
UC | Ultimate consignee
""")
# Element 5025.
AMOUNTS: Final = table("""
8 | Allowance or charge
9 | Amount due
11 | Amount paid
12 | Amount remitted
23 | Charge
25 | Basis of allowance or charge
38 | Invoice item amount
39 | Invoice total
52 | Discount
53 | Discount due
60 | Final amount
66 | Goods item total
77 | Invoice amount
79 | Total of line items
86 | Message total
98 | Original amount
109 | Payment discount
113 | Prepaid amount
119 | Received amount
124 | Tax
125 | Taxable amount
128 | Total amount
129 | Amount subject to discount
131 | Total of charges and allowances
138 | Payment amount
139 | Total payment amount
143 | Transfer amount
146 | Unit price
150 | VAT
165 | Adjustment
176 | Total tax
203 | Line amount
204 | Allowance
211 | Cash discount
259 | Total of charges
260 | Total of allowances
388 | Total with VAT
389 | Total without VAT
402 | Total retail value
509 | Price discount
""")
# Element 4465; codes that are not in the table are called what they mean to us.
REASONS: Final = canonical(from_uncl4465, lambda known: known.uncl4465) | table("""
1 | agreed settlement
2 | below specification goods
3 | damaged goods
4 | short delivery
5 | price query
6 | proof of delivery required
7 | payment on account
8 | returnable container charge included
9 | invoice error
10 | costs for draft
11 | bank charges
12 | agent commission
13 | counter claim
14 | wrong delivery
15 | goods returned to agent
16 | goods partly returned
17 | transport damage
18 | goods on consignment
19 | trade discount
20 | deduction for late delivery
21 | advertising costs
22 | customs duties
23 | telephone and postal costs
24 | repair costs
25 | attorney fees
26 | taxes
27 | reclaimed deduction
28 | see separate advice
29 | buyer refused to take delivery
30 | direct payment to seller
31 | buyer disagrees with due date
32 | goods not delivered
33 | late delivery
34 | quoted as paid to you
35 | goods returned
36 | invoice not received
37 | credit note to debtor, not to us
38 | deducted bonus
39 | deducted discount
40 | deducted freight costs
41 | deduction against other invoices
42 | credit balance
43 | reason unknown
44 | awaiting message from seller
45 | debit note to seller
46 | discount beyond terms
47 | see buyer's letter
48 | allowance or charge error
49 | substitute product
50 | terms of sale error
51 | required data missing
52 | wrong invoice
53 | duplicate invoice
54 | weight error
55 | additional charge not authorised
56 | incorrect discount
57 | price change
58 | variation
59 | charge-back
60 | offset
61 | indirect payment
62 | financial reassignment
63 | reinstatement of charge-back
64 | expecting new terms
65 | settlement to agent
66 | cash discount
67 | delcredere costs
68 | early payment allowance adjustment
69 | incorrect due date
70 | wrong amount from incorrect free goods
71 | shelf replenishment by supplier
72 | temporary special promotion
73 | difference in tax rate
74 | quantity discount
75 | promotion discount
76 | cancellation deadline passed
77 | pricing discount
78 | volume discount
79 | sundry discount
100 | incorrect product identification
ZZZ | mutually defined
""")
# Element 6063.
QUANTITIES: Final = table("""
1 | Quantity
12 | Despatched
21 | Ordered
46 | Delivered
47 | Invoiced
48 | Received
52 | Per pack
59 | Consumer units in the traded unit
61 | Returned
83 | Back-ordered
119 | Short shipped
121 | Over shipped
124 | Damaged
131 | Delivered
192 | Free goods
194 | Received and accepted
195 | Received, not accepted, to be returned
196 | Received, not accepted, to be destroyed
""")
# Element 4221, and the canonical reasons some of its codes give.
DISCREPANCIES: Final = table("""
AA | item discontinued by wholesaler
AB | item no longer produced
AC | over-shipped
AD | item out of stock at manufacturer
AE | delivered but not advised
AF | delivered damaged
AG | delivered too late
BP | shipment partial, back order to follow
CC | shipment complete
CE | extra items to meet price break
CM | complete with additional quantity
CP | shipment partial, no back order
CS | complete with substitution
IC | item cancelled
IS | substitution of the item ordered
OS | out of stock, force majeure
OW | out of stock at wholesaler
SS | split shipment
TW | temporarily discontinued
""")
DISCREPANCY_REASONS: Final = {
    "AC": "NC-04",
    "AE": "NC-04",
    "AF": "NC-05",
    "AG": "NC-11",
    "BP": "NC-01",
    "CM": "NC-04",
    "CP": "NC-01",
    "CS": "NC-07",
    "IC": "NC-19",
    "IS": "NC-07",
    "SS": "NC-01",
}
# Element 4295, as retail uses it.
CHANGES: Final = table("""
AUE | article unknown
BN | bar code not readable
PC | pack difference
WV | quantity variation
""")
CHANGE_REASONS: Final = {"AUE": "NC-07", "BN": "NC-13"}
FUNCTIONS: Final = table("""
1 | cancellation
3 | deletion
4 | change
5 | replacement
7 | duplicate
9 | original
31 | copy
49 | settled dispute
50 | withdrawn
53 | test
""")
UNUSUAL: Final = frozenset({"1", "3", "7", "31", "49", "50", "53"})

TEMPLATES: Final = {
    "UNB": "UNB Interchange| {5}| from {2}| to {3}| of {4:d}",
    "UNG": "UNG Group| {5}",
    "UNE": "UNE End of group| {2}|, {1} messages",
    "UNH": "UNH| {2.1:=messages}| ({2.1}),| message {1}",
    "UNT": "UNT End of message| {2}|, {1} segments",
    "UNZ": "UNZ End of interchange| {2}|, {1} messages",
    "UNS": "UNS Summary",
    "BGM": "BGM| {1.1:=documents}| {1.4}| {2.1}|, {3:=functions}",
    "DTM": "DTM| {1.1:=days} date|: {1.2:d}",
    "FTX": "FTX Note|: {4:*}",
    "RFF": "RFF| {1.1:=references}|: {1.2}|, line {1.3}",
    "NAD": "NAD| {1:=parties}|: {4:*}| {3:*}| {5:*}| {6}| {8}| {9}|, number {2.1}",
    "FII": "FII| {1:=parties} account|: {2:*}| {3:*}",
    "CTA": "CTA Contact|: {2.2}| {2.1}",
    "COM": "COM Reached at|: {1.1}",
    "CUX": "CUX Currency| {1.2}|, {2.2}",
    "PYT": "PYT Terms of payment| {1}",
    "PAT": "PAT Terms of payment| {1}",
    "PCD": "PCD Percentage|: {1.2}",
    "DOC": "DOC| {1.1:=documents}| {1.4}| {2.1}",
    "MOA": "MOA| {1.1:=amounts}|: {1.2:$}| {1.3}",
    "AJT": "AJT Reason| {1:@reasons}|, line {2}",
    "DLI": "DLI Line of the document| {2}",
    "LIN": "LIN Item| {1}|: {3.1}",
    "PIA": "PIA Item number|: {2.1}|, {3.1}",
    "IMD": "IMD Description|: {3.4}| {3.5}",
    "QTY": "QTY| {1.1:=quantities}|: {1.2:#}| {1.3}",
    "QVR": "QVR Difference|: {1.1:#}| {1.2:=quantities}|, {2:=discrepancies}|, {3.1:=changes}| {3.4}",
    "PRI": "PRI Price| {1.1}|: {1.2:$}",
    "TAX": "TAX| {2.1}|: {5.4} %",
    "ALC": "ALC Allowance or charge| {1}|: {2.1}| {5.4}",
    "PAC": "PAC Packages|: {1:#}| {3.1}",
    "CPS": "CPS Packing level| {1}",
    "CNT": "CNT Control total| {1.1}|: {1.2}",
    "UCI": "UCI Interchange acknowledged| {1}|: {4}",
    "UCM": "UCM Message acknowledged| {1}|: {3}",
    "ERC": "ERC Error| {1.1}",
}

WORDS: Final = Words(
    templates=TEMPLATES,
    lists={
        "messages": MESSAGES,
        "documents": DOCUMENTS,
        "references": REFERENCES,
        "days": DAYS,
        "parties": PARTIES,
        "amounts": AMOUNTS,
        "reasons": REASONS,
        "quantities": QUANTITIES,
        "discrepancies": DISCREPANCIES,
        "changes": CHANGES,
        "functions": FUNCTIONS,
    },
    openers=frozenset({"DOC", "LIN", "CPS"}),
    closers=frozenset({"UNS", "UNT", "UNZ", "UNE"}),
)
