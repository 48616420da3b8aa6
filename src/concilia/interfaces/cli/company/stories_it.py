"""The claims of the Italian customers."""
# ruff: noqa: E501 - a script reads as a block

from __future__ import annotations

from concilia.interfaces.cli.company.catalogue import FREIGHT, SURCHARGE
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
    wrong_vat,
)

ITALIAN = (
    Script(
        key="valdarno-promo", customer="figline", day=8, hour=9.3, issued=19,
        order="MA-1020:240 MA-1030:220 MA-3010:96 MA-4020:40",
        items=(promo("MA-1020", 1500, 1500), promo("MA-1030", 1500, 1500), promo("MA-3010", 1500, 1500)),
        sender="valdarno", dn="ADD-2214", layout="valdarno", again="bank",
        pay=Pay("short", 6, "SALDO FATT {inv} AL NETTO NS ADDEBITO ADD-2214 PROMO AUTUNNO"),
        steps="read take:TRM reply:contract propose submit", state="IN_APPROVAL",
    ),
    Script(
        key="bonfanti-ammanco", customer="bonfanti", day=44, hour=8.6, issued=52,
        order="MA-1010:90 MA-1040:80 MA-4040:60 MA-2010:120",
        items=(short("MA-4040", 15, 0),), dn="ND/1107", layout="bonfanti",
        pay=Pay("short", 38, "PAG. FT {n} MENO ND/1107 DIFFERENZA QUANTITA"),
        steps="read take:LOG carrier pod propose_refuse submit refuse notify accept collect repaid:16",
        state="REPAID",
    ),
    Script(
        key="bonfanti-prezzo", customer="bonfanti-log", day=12, hour=10.1, issued=17,
        order="MA-1015:60 MA-1050:90 MA-3030:48",
        items=(price("MA-1015", 140, 140), price("MA-3030", 90, 90)),
        steps="read take:ACC propose submit approve posted notify", state="POSTED",
        files="xlsx",
    ),
    Script(
        key="sestri-doppia", customer="sestri", day=0, hour=8.2, issued=9,
        order="MA-2015:10 MA-2060:4 MA-3070:2", items=(whole("NC-17", is_valid=True),),
        twin="copy", steps="", state="RECEIVED",
    ),
    Script(
        key="pontalto-contributo", customer="pontalto", day=39, hour=11.4, issued=55,
        order="MA-1120:70 MA-1130:60 MA-4010:80",
        items=(flat("CO-03", 150_000, 150_000, "volantino"),), layout="pontalto-servizi", files="tearsheet",
        dn="{year}/S/0418",
        steps="read take:TRM reply:contract propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="rivabella-fattura", customer="rivabella", day=21, hour=17.2, issued=35,
        order="MA-1110:4 MA-4020:3 MA-4050:2", items=(paper("NC-26"),),
        steps="read take:ACC resend notify close", state="CLOSED",
    ),
    Script(
        key="montescuro-guasti", customer="montescuro", day=4, hour=13.6, issued=7,
        order="MA-4010:8 MA-4040:6 MA-3060:4", items=(damaged("MA-4010", 3, 3), damaged("MA-4040", 1, 0)),
        files="photo photo", steps="read take:LOG note", state="INVESTIGATING",
    ),
    Script(
        key="brentaverde-sconto", customer="brentaverde", day=33, hour=9.9, issued=37,
        order="MA-1010:100 MA-1040:100 MA-2010:150",
        items=(price("MA-1010", 59, 59, "NC-09"), price("MA-1040", 61, 61, "NC-09")),
        steps="read take:ACC propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="calamarina-ritardo", customer="calamarina", day=26, hour=12.2, issued=33, days_late=3,
        order="MA-1060:60 MA-2040:90 MA-4030:36", items=(flat("NC-11", 48_000, 0, "penale ritardo"),),
        steps="read take:LOG note propose_refuse submit refuse", state="DENIED", dn="PEN-77",
    ),
    Script(
        key="lambrate-trasporto", customer="lambrate", day=30, hour=15.2, issued=36,
        order="MA-1080:40 MA-2060:30 MA-4040:60", items=(charge("NC-21", FREIGHT, 8500, 8500),),
        steps="read take:ACC wait:6 propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="castelvero-reso", customer="castelvero", day=9, hour=7.4, issued=24,
        order="MA-2010:8 MA-2030:6 MA-2070:8", items=(goods("NC-14", "MA-2070", 4, 4),),
        steps="read take:LOG ask", state="WAITING_CUSTOMER",
    ),
    Script(
        key="lungoparma-qualita", customer="lungoparma", day=40, hour=10.6, issued=49,
        order="MA-2020:12 MA-2015:10 MA-3030:6", items=(goods("NC-06", "MA-2020", 5, 5),), files="photo",
        steps="read take:QUA colleague:elena reply:lab propose submit approve posted notify close",
        state="CLOSED",
    ),
    Script(
        key="garda-maggiorazione", customer="garda", day=3, hour=11.1, issued=8,
        order="MA-1030:20 MA-1120:18 MA-4030:12", items=(charge("NC-23", SURCHARGE, 4600, 4600),),
        steps="read take:ACC propose submit", state="IN_APPROVAL",
    ),
    Script(
        key="valdarno-pfa", customer="montevarchi", day=47, hour=16.1, issued=58,
        order="MA-1010:180 MA-1045:90 MA-3080:60", items=(rebate(200, 2800),),
        sender="valdarno", files="turnover", dn="PFA-31",
        steps="read take:SAL colleague:anna reply:contract propose submit approve posted notify close",
        state="CLOSED",
    ),
    Script(
        key="greco-pagata", customer="greco", day=6, hour=19.4, issued=40,
        order="MA-1010:6 MA-4060:4", items=(whole("FI-08", is_valid=False),), files="receipt",
        steps="read take:CRD note", state="INVESTIGATING",
    ),
    Script(
        key="pardi-occulto", customer="pardi", day=22, hour=9.1, issued=41,
        order="MA-3040:6 MA-3050:6 MA-1140:4", items=(short("MA-3050", 2, 0, "NC-02", "hidden"),),
        steps="read take:LOG note propose_refuse submit refuse notify", state="CUSTOMER_NOTIFIED",
    ),
    Script(
        key="abruzzo-mancata", customer="abruzzo", day=35, hour=8.9, issued=41, has_pod=False,
        order="MA-1030:80 MA-1050:80 MA-2010:100 MA-4040:50", items=(whole("NC-03", is_valid=True),),
        steps="read take:LOG carrier lost propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="salentino-errato", customer="salentino", day=5, hour=10.9, issued=10,
        order="MA-1060:40 MA-2040:30 MA-4060:24", items=(goods("NC-07", "MA-1060", 16, 16),), files="photo",
        steps="read take:LOG reply propose submit approve", state="APPROVED",
    ),
    Script(
        key="sila-ddt", customer="sila", day=17, hour=12.7, issued=27, has_pod=False,
        order="MA-1045:8 MA-2050:8 MA-2030:6", items=(paper("NC-25"),),
        steps="read take:LOG carrier pod send notify close", state="CLOSED",
    ),
    Script(
        key="pontalto-sconto", customer="pontalto", day=19, hour=8.0, issued=34,
        order="MA-1040:120 MA-1020:100 MA-3010:60", items=(flat("FI-02", 0, 0, "late-discount"),),
        channel="bank", pay=Pay("late-discount", 19, "SALDO FT {n} SCONTO 2% PRONTA CASSA"),
        steps="take:CRD propose_refuse submit refuse notify accept collect", state="COLLECT_BACK",
    ),
    Script(
        key="mense-iva", customer="mense", day=14, hour=14.3, issued=20,
        order="MA-1080:30 MA-2070:24 MA-3070:30", items=(wrong_vat("MA-3070"),),
        steps="read take:TAX propose submit approve posted notify", state="POSTED",
    ),
    Script(
        key="brentaverde-muto", customer="brentaverde", day=10, hour=8.0, issued=31,
        order="MA-1050:90 MA-2060:60 MA-4040:70", items=(flat("FI-16", 21_340, 0),), channel="bank",
        pay=Pay("short", 10, "FT {n}"), steps="take:CRD ask", state="WAITING_CUSTOMER",
    ),
    Script(
        key="lambrate-muto", customer="lambrate", day=1, hour=8.0, issued=48,
        order="MA-1010:70 MA-4010:60 MA-4030:24", items=(flat("FI-16", 9_615, 0),), channel="bank",
        pay=Pay("short", 1, "PAGAMENTO FATTURE PROT. 88213 RIF {inv}"), steps="", state="RECEIVED",
    ),
    Script(
        key="abruzzo-bolla", customer="abruzzo", day=15, hour=9.8, issued=22,
        order="MA-1010:90 MA-2010:150 MA-1060:60", items=(short("MA-2010", 10, 10),),
        dn="DIFF-903", layout="abruzzo", again="mail",
        steps="read take:LOG propose submit approve posted notify close", state="CLOSED",
    ),
)  # fmt: skip
