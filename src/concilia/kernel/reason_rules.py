"""
How each claim reason is coded by others and handled by us (domain.md §2.3 and §2.4).

One line for each reason. Codes of other people's lists: the first is the one we send, all of them
are understood (R-2.2). SLA: business days, or calendar days where a `c` follows (a legal term).
`-` says that there is none.
"""

from __future__ import annotations

from typing import Final

# code | X12 426 | UN/EDIFACT 4465 | Peppol | Walmart
CODES: Final = """
CO-01 | A8 43             | 75 72          | PRI | 10
CO-02 | GH MR SP          | 72             | OTH | -
CO-03 | 79 56 71 AV       | 21             | OTH | 50
CO-04 | GC MA RW          | 21             | OTH | -
CO-05 | B2 D5 57 BN       | 78 74 38       | OTH | 52
CO-06 | RX                | 77             | OTH | -
CO-07 | GE NP             | 79             | OTH | -
CO-08 | BE 94 RT          | 71             | OTH | 51
CO-09 | A3 RZ NL          | 79             | OTH | -
CO-10 | 95 D9 E4 E5       | 57             | PRI | -
CO-11 | GB M3             | 72             | OTH | -
CO-12 | GA                | 70             | QTY | -
CO-13 | MK MB MJ 85       | 48             | PRI | -
CO-14 | 82 GG GJ          | 79             | OTH | -
CO-15 | 77 78             | 77             | PRI | -
NC-01 | 06 RD             | 4              | QTY | 23 24
NC-02 | 06                | 4              | QTY | 21
NC-03 | A4 59 75          | 32             | DEL | 22 25
NC-04 | A5 92             | 29             | QTY | -
NC-05 | 04 11             | 17 3           | QUA | 28 14 15
NC-06 | 05 12 F1          | 2              | QUA | 1
NC-07 | 07 A2 08          | 14 49 100      | ITM | 13
NC-08 | 01 P1             | 5 57           | PRI | 11
NC-09 | 02 24 43          | 48 56          | PRI | 10
NC-10 | 03                | 9              | PRI | 12
NC-11 | 99 84 41          | 33 20          | DEL | -
NC-12 | L3                | 20             | DEL | -
NC-13 | A6 B8 70 RV SW C8 | 59             | OTH | -
NC-14 | 72 RM             | 35 16          | QUA | 44
NC-15 | 13 AQ AS          | 35             | OTH | -
NC-16 | 15                | 35             | QUA | 2
NC-17 | 19 J5 J6 J7       | 53             | OTH | 30
NC-18 | 18                | 52             | REC | -
NC-19 | E9 26 SC          | 29             | OTH | -
NC-20 | 55 E7 E8          | 73 26          | LEG | -
NC-21 | 30 46 54 SF       | 40 94          | PRI | 47 44
NC-22 | 10                | 8              | QTY | -
NC-23 | 23 CU             | 55             | PRI | -
NC-24 | MH MG 61          | 51             | REF | -
NC-25 | A9 B1 73          | 6              | DEL | -
NC-26 | SA 60             | 36             | REF | -
NC-27 | 17 44             | 51 9           | LEG | -
NC-28 | 09                | 50 31 64 69    | PAY | -
NC-29 | 38                | 2              | QUA | -
NC-30 | B5 F1             | 24             | QUA | -
NC-31 | 22 36             | 54             | QTY | -
NC-32 | ZZ                | 18             | OTH | -
NC-33 | ZZ                | ZZZ            | QTY | -
NC-34 | 01                | 5              | PRI | -
NC-35 | ZZ                | 43             | UNR | -
FI-01 | 76 90             | 66 68          | FIN | -
FI-02 | 24 D3             | 46             | FIN | -
FI-03 | 48                | 11             | FIN | -
FI-04 | 33                | 96             | FIN | -
FI-05 | CS                | 58             | OTH | -
FI-06 | E3 55             | 26             | LEG | -
FI-07 | 55                | 26             | LEG | -
FI-08 | H2 86             | 30 34 61       | -   | -
FI-09 | E2 CM             | 13 41 42 45 60 | OTH | -
FI-10 | 50 51 RU          | 55             | FIN | -
FI-11 | PH                | 12 67          | OTH | -
FI-12 | BD                | 97             | OTH | -
FI-13 | H6 A7             | 7              | PPD | -
FI-14 | FA                | 68             | FIN | -
FI-15 | 80 WW             | 42             | OTH | -
FI-16 | GL L7             | 43             | OTH | -
FI-17 | ZZ                | ZZZ            | OTH | -
"""

# code | owner, then who helps | minimum evidence | SLA | resolutions, usual first | fault | accrual
# Evidence that §2.4 names without a code has one of ours. FI-14, FI-15 and FI-17 have no row in
# §2.4: what stands here is our default.
HANDLING: Final = """
CO-01 | TRM ACC     | INV PRM PO           | 10  | CREDIT_NOTE                  | U A | Y
CO-02 | TRM         | PRM PRF DN           | 15  | CREDIT_NOTE AP_OFFSET        | A   | Y
CO-03 | TRM SAL     | PRM PRF CSI          | 15  | AP_OFFSET                    | A   | Y
CO-04 | TRM SAL     | PRM PRF CSI          | 15  | AP_OFFSET                    | A   | Y
CO-05 | SAL ACC     | CT TST               | 15  | CREDIT_NOTE                  | A   | Y
CO-06 | SAL TRM     | PRM STK              | 15  | CREDIT_NOTE                  | A   | Y
CO-07 | SAL         | CT PRF               | 15  | AP_OFFSET                    | A   | Y
CO-08 | TRM SAL     | PRM PRF CSI          | 15  | AP_OFFSET                    | A   | Y
CO-09 | SAL         | CT PRF               | 15  | AP_OFFSET                    | A   | Y
CO-10 | SAL TRM     | CT STK               | 15  | CREDIT_NOTE                  | A   | Y
CO-11 | TRM         | CHS                  | 15  | GL_POSTING AP_OFFSET         | A   | Y
CO-12 | SAL LOG     | CT INV DDT           | 10  | CREDIT_NOTE                  | U A | Y
CO-13 | SAL LOG     | CT INV               | 10  | CREDIT_NOTE                  | U A | Y
CO-14 | SAL LOG     | CT INV               | 10  | CREDIT_NOTE                  | U A | Y
CO-15 | SAL TRM     | CT STK               | 15  | CREDIT_NOTE                  | A   | Y
NC-01 | LOG         | INV DDT POD GRN      | 8   | CREDIT_NOTE CARRIER_CLAIM    | T U | N
NC-02 | LOG         | INV DDT POD GRN PL COR | 10 | CREDIT_NOTE DENY            | ?   | N
NC-03 | LOG         | DDT POD CAR          | 8   | CREDIT_NOTE RESHIP           | U T | N
NC-04 | LOG SAL     | PO DDT GRN           | 8   | PICK_UP REBILL               | U   | N
NC-05 | LOG QUA     | POD PHO BOL COR      | 10  | CREDIT_NOTE CARRIER_CLAIM    | T   | P
NC-06 | QUA         | PHO QCR RMA          | 15  | CREDIT_NOTE REPLACE DENY     | ?   | P
NC-07 | LOG         | PO DDT PHO           | 8   | REPLACE REBILL               | U   | N
NC-08 | ACC SAL     | PO CT INV            | 5   | CREDIT_NOTE REBILL           | U C | N
NC-09 | ACC         | INV CT               | 5   | CREDIT_NOTE                  | U   | N
NC-10 | ACC         | INV CT               | 5   | CREDIT_NOTE                  | U   | N
NC-11 | LOG         | PO POD CT            | 10  | DENY GL_POSTING              | ?   | P
NC-12 | LOG SAL LEG | CT ASN POD           | 10  | GL_POSTING DENY              | ?   | P
NC-13 | LOG SAL LEG | CT ASN POD           | 10  | GL_POSTING DENY              | ?   | P
NC-14 | LOG QUA     | RMA RET INV          | 10  | CREDIT_NOTE                  | A U | P
NC-15 | SAL         | COR                  | 10  | DENY SEND_BACK               | C   | N
NC-16 | QUA         | RCL                  | 5   | CREDIT_NOTE GL_POSTING       | U   | P
NC-17 | ACC         | INV                  | 3   | CREDIT_NOTE                  | U   | N
NC-18 | ACC         | PO                   | 3   | REBILL                       | U   | N
NC-19 | SAL         | PO COR DDT           | 5   | CREDIT_NOTE DENY             | ?   | N
NC-20 | TAX ACC     | INV TXC              | 5   | REBILL                       | U   | N
NC-21 | ACC LOG     | CT INV               | 5   | CREDIT_NOTE                  | U   | N
NC-22 | LOG         | PAL                  | 10  | PALLET_ENTRY                 | ?   | N
NC-23 | ACC LOG     | CT INV               | 5   | CREDIT_NOTE                  | U   | N
NC-24 | ACC CUS     | TRX                  | 2   | SEND_DOCUMENT                | U C | N
NC-25 | LOG         | POD                  | 3   | SEND_DOCUMENT                | U T | N
NC-26 | ACC CUS     | TRX                  | 2   | SEND_DOCUMENT                | U C | N
NC-27 | ACC CUS     | TRX                  | 2   | SEND_DOCUMENT                | U C | N
NC-28 | CRD SAL     | CT OC INV            | 3   | CORRECT_DUE_DATE DENY        | ?   | N
NC-29 | TEC SAL     | SR CT                | 10  | CREDIT_NOTE REPAIR DENY      | ?   | P
NC-30 | TEC SAL     | SR CT                | 10  | REPAIR CREDIT_NOTE DENY      | ?   | P
NC-31 | LOG         | PL                   | 8   | CREDIT_NOTE                  | T U | N
NC-32 | SAL         | STK                  | 8   | CREDIT_NOTE REBILL           | ?   | N
NC-33 | TEC CUS     | MTR                  | 30c | REBILL                       | ?   | N
NC-34 | CUS ACC     | CT                   | 30c | REBILL                       | ?   | N
NC-35 | CUS LEG     | CT IDP               | 10  | CANCEL                       | U T | P
FI-01 | CRD         | CT BNK               | 0   | CLEAR                        | A   | N
FI-02 | CRD         | CT BNK               | 5   | COLLECT_BACK GOODWILL        | C   | N
FI-03 | TRE         | BNK                  | 0   | GL_POSTING                   | T   | N
FI-04 | TRE         | FXR                  | 2   | GL_POSTING                   | T   | N
FI-05 | CRD         | -                    | 0   | GL_POSTING                   | -   | N
FI-06 | TAX         | TXC                  | 30  | TAX_RECEIVABLE               | A   | N
FI-07 | ACC         | INV                  | 0   | CLEAR                        | A   | N
FI-08 | CRD         | BNK REM              | 3   | APPLY_PAYMENT                | ?   | N
FI-09 | CRD LEG     | DN COR               | 5   | NETTING DENY                 | ?   | N
FI-10 | CRD         | INV BNK              | 3   | GOODWILL COLLECT_BACK        | ?   | N
FI-11 | SAL         | CT                   | 3   | GL_POSTING                   | A   | Y
FI-12 | LEG         | CRT                  | 2   | PROOF_OF_CLAIM               | C   | P
FI-13 | CRD         | COR                  | 0   | KEEP_OPEN                    | C   | N
FI-14 | CRD TRE     | CT BNK               | 3   | GL_POSTING DENY              | A   | N
FI-15 | CRD TRE     | BNK REM              | 5   | APPLY_PAYMENT REFUND         | C   | N
FI-16 | CRD         | REM COR              | 5   | REQUALIFY COLLECT_BACK       | ?   | N
FI-17 | CRD         | COR                  | 5   | REQUALIFY                    | ?   | N
"""


def rows_of(table: str) -> list[list[str]]:
    """Return the table's rows as trimmed cells; a `-` cell is empty."""
    return [
        ["" if cell.strip() == "-" else cell.strip() for cell in line.split("|")]
        for line in table.strip().splitlines()
    ]
