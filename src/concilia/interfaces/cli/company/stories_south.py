"""The claims of the French and Spanish customers."""
# ruff: noqa: E501 - a script reads as a block

from __future__ import annotations

from concilia.interfaces.cli.company.catalogue import FREIGHT
from concilia.interfaces.cli.company.script import (
    Pay,
    Script,
    charge,
    damaged,
    flat,
    goods,
    paper,
    price,
    promo,
    rebate,
    short,
    whole,
)

FRENCH = (
    Script(
        key="dorval-preuve", customer="dorval", day=3, hour=9.1, issued=22, has_pod=False,
        order="MA-1030:20@2163", items=(paper("NC-25"),), steps="read take:LOG carrier pod",
        state="INVESTIGATING",
    ),
    Script(
        key="marceau-avarie", customer="marceau", day=8, hour=11.2, issued=14,
        order="MA-1030:90@2160 MA-4020:40 MA-3030:48", items=(damaged("MA-1030", 28, 28),),
        files="photo photo", dn="ND-0931", layout="marceau", steps="read take:LOG carrier",
        state="WAITING_THIRD_PARTY",
    ),
    Script(
        key="marceau-penalite", customer="marceau", day=17, hour=8.8, issued=29, days_late=2,
        order="MA-1010:300 MA-1120:180 MA-4020:120", items=(flat("NC-12", 231_800, 64_000, "taux de service"),),
        dn="PL-118", layout="marceau-penalite",
        steps="read take:LOG note wait:10 propose submit approve fail", state="POSTING_FAILED",
    ),
    Script(
        key="dorval-ecart", customer="dorval", day=37, hour=14.4, issued=42,
        order="MA-1120:90 MA-1110:60 MA-3040:30", items=(price("MA-3040", 210, 210),), dn="ND 7731",
        layout="dorval", steps="read take:ACC propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="brissac-manquant", customer="brissac", day=25, hour=10.0, issued=32,
        order="MA-4050:8 MA-3050:8 MA-1140:8", items=(short("MA-4050", 3, 0),),
        pay=Pay("short", 9, "FACTURE {inv} MOINS 3 COLIS MANQUANTS"),
        steps="read take:LOG carrier pod propose_refuse submit refuse notify accept collect",
        state="COLLECT_BACK",
    ),
    Script(
        key="vauclerc-promo", customer="vauclerc", day=5, hour=9.8, issued=11,
        order="MA-4010:90 MA-4060:90 MA-3020:60", items=(promo("MA-4010", 2000, 2000), promo("MA-4060", 2000, 0)),
        dn="AV-2210", layout="vauclerc", steps="read take:TRM reply:contract propose submit approve",
        state="PARTIALLY_APPROVED",
    ),
    Script(
        key="castelnaud-retour", customer="castelnaud", day=20, hour=15.9, issued=44,
        order="MA-1045:10 MA-2050:12 MA-3030:8", items=(goods("NC-14", "MA-2050", 6, 6),),
        steps="read take:LOG reply propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="ormesson-rfa", customer="ormesson", day=15, hour=16.7, issued=50,
        order="MA-1010:260 MA-1030:240 MA-4040:160", items=(rebate(200, 1500),),
        files="turnover", dn="RFA-T3", correct="amount",
        steps="read take:SAL colleague:anna reply:contract propose submit approve",
        state="PARTIALLY_APPROVED",
    ),
    Script(
        key="kerouan-double", customer="kerouan", day=32, hour=12.5, issued=36,
        order="MA-1015:10 MA-1070:8 MA-4060:8", items=(whole("NC-17", is_valid=True),), twin="copy",
        steps="read take:ACC propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="henonville-qualite", customer="henonville", day=23, hour=7.8, issued=30,
        order="MA-1130:30 MA-1110:24 MA-4030:18", items=(goods("NC-06", "MA-1110", 10, 0),), files="photo",
        steps="read take:QUA colleague:elena reply:lab propose_refuse submit refuse", state="DENIED",
    ),
    Script(
        key="dorval-sud-cache", customer="dorval-sud", day=46, hour=10.7, issued=58,
        order="MA-3040:60 MA-3050:60 MA-4050:30", items=(short("MA-3050", 5, 0, "NC-02", "hidden"),),
        pay=Pay("short", 40, "VIR FACT {n} DEDUCTION MANQUANT CACHE 5 COLIS"),
        steps="read take:LOG note propose_refuse submit refuse notify accept collect repaid:12 close",
        state="CLOSED",
    ),
    Script(
        key="lavandou-facture", customer="lavandou", day=1, hour=17.9, issued=28,
        order="MA-1045:8 MA-2050:6 MA-2030:6", items=(paper("NC-26"),), steps="", state="RECEIVED",
    ),
    Script(
        key="ormesson-coop", customer="ormesson", day=7, hour=13.3, issued=33,
        order="MA-1120:120 MA-1130:90", items=(flat("CO-03", 320_000, 320_000, "prospectus"),),
        layout="ormesson-coop", files="tearsheet", dn="FC-{year}-884",
        steps="read take:TRM reply:contract propose submit approve_first", state="IN_APPROVAL",
    ),
    Script(
        key="castelnaud-casse", customer="castelnaud", day=6, hour=8.0, issued=30,
        order="MA-4010:12 MA-4040:14 MA-1020:12", items=(damaged("MA-4040", 3, 3),), channel="bank",
        again="mail", pay=Pay("short", 6, "FACT {inv} MOINS AVOIR A RECEVOIR CASSE 3 COLIS"),
        steps="take:LOG note", state="INVESTIGATING",
    ),
    Script(
        key="vauclerc-echeance", customer="vauclerc", day=13, hour=9.4, issued=38,
        order="MA-1010:60 MA-2070:40", items=(paper("NC-28"),), steps="read take:CRD note notify close",
        state="CLOSED",
    ),
)  # fmt: skip

SPANISH = (
    Script(
        key="laribera-rotura", customer="laribera", day=7, hour=7.97, issued=15,
        order="MA-4050:80@3700 MA-4010:120 MA-1030:150", items=(damaged("MA-4050", 28, 20),),
        dn="CG-{year}-771", layout="laribera", steps="read take:LOG ask", state="WAITING_CUSTOMER",
    ),
    Script(
        key="peralta-precio", customer="peralta", day=3, hour=12.9, issued=25,
        order="MA-1040:216 MA-1080:90 MA-2010:140", items=(price("MA-1040", 180, 180),), dn="NC-88121",
        layout="peralta", again="mail",
        steps="read take:ACC", state="INVESTIGATING",
    ),
    Script(
        key="peralta-portes", customer="peralta", day=41, hour=9.9, issued=48,
        order="MA-1010:120 MA-1050:120", items=(charge("NC-21", FREIGHT, 14_500, 14_500),),
        steps="read take:ACC propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="cantalar-falta", customer="cantalar", day=28, hour=18.6, issued=33,
        order="MA-1030:12 MA-3010:8 MA-4060:8", items=(short("MA-3010", 2, 2),), files="photo",
        steps="read take:LOG propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="miramonte-no-entregado", customer="miramonte", day=6, hour=10.5, issued=13, has_pod=False,
        order="MA-1130:24 MA-4030:24 MA-1120:18", items=(whole("NC-03", is_valid=True),),
        steps="read take:LOG carrier", state="WAITING_THIRD_PARTY",
    ),
    Script(
        key="torrevega-rapel", customer="torrevega", day=2, hour=13.8, issued=40,
        order="MA-1010:120 MA-1020:120 MA-4020:50", items=(rebate(150, 0),),
        files="turnover", dn="RAP-118", steps="read", state="QUALIFYING",
    ),
    Script(
        key="bellprat-equivocado", customer="bellprat", day=43, hour=11.7, issued=48,
        order="MA-3040:8 MA-3060:8 MA-1015:10", items=(goods("NC-07", "MA-1015", 10, 4),), files="photo",
        steps="read take:LOG reply propose submit approve posted notify close wait:11 reopen",
        state="REOPENED",
    ),
    Script(
        key="guadalviar-duplicada", customer="guadalviar", day=8, hour=16.2, issued=16,
        order="MA-2010:180 MA-2040:120 MA-1060:80", items=(whole("NC-17", is_valid=True),), twin="copy",
        steps="read take:ACC propose submit approve post", state="POSTING",
    ),
    Script(
        key="almazora-dto", customer="almazora", day=30, hour=9.4, issued=34,
        order="MA-1030:60 MA-1040:60 MA-3030:30", items=(price("MA-1030", 65, 65, "NC-09"),),
        steps="read take:ACC propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="laribera-val-caducidad", customer="laribera-val", day=10, hour=10.1, issued=18,
        order="MA-1120:90 MA-1110:80 MA-4020:50", items=(goods("NC-06", "MA-1110", 40, 40),), dn="CG-{year}-802",
        layout="laribera", steps="read take:QUA colleague:elena reply:lab propose submit",
        state="IN_APPROVAL",
    ),
    Script(
        key="laribera-publicidad", customer="laribera", day=49, hour=12.3, issued=57,
        order="MA-1010:240 MA-4040:180", items=(flat("CO-03", 600_000, 0, "folleto"),), layout="laribera-servicios",
        dn="SV-{year}-066",
        steps="read take:TRM ask answer note propose_refuse submit refuse notify appeal check propose_refuse submit refuse notify legal",
        state="ESCALATED_LEGAL",
    ),
    Script(
        key="torrevega-cajas", customer="torrevega", day=4, hour=8.0, issued=36,
        order="MA-1050:60 MA-1070:40 MA-4060:40", items=(short("MA-4060", 3, 3),), channel="bank",
        pay=Pay("short", 4, "PAGO FRA {n} FALTAN 3 CAJAS SUGO"), steps="take:LOG",
        state="INVESTIGATING",
    ),
)  # fmt: skip
