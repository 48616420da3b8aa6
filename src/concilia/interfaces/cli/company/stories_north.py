"""The claims of the German and British customers."""
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
)

GERMAN = (
    Script(
        key="frischmarkt-penne", customer="frischmarkt", day=7, hour=8.2, issued=26,
        order="MA-1030:120@2160 MA-3010:100@2700 MA-1120:90@2430 MA-2050:90@1630",
        items=(
            short("MA-1030", 12, 8),
            damaged("MA-3010", 14, 14),
            flat("NC-23", 7920, 0, "Bearbeitungsgebühr"),
        ),
        dn="BA-77120", layout="frischmarkt", again="bank",
        pay=Pay("short", 5, "RE {n} ABZGL BA-77120 FEHLMENGE U BRUCH"),
        steps="read take:LOG carrier pod reply:photos propose", state="DECISION_PROPOSED",
    ),
    Script(
        key="lindner-tagliatelle", customer="lindner", day=0, hour=8.68, issued=7,
        order="MA-1120:60@2430 MA-1010:100@1980 MA-2015:110@1795", items=(short("MA-1120", 12, 12),),
        dn="BA-4471", layout="lindner", again="bank", correct="order",
        pay=Pay("short", 1, "lindner-three"), companions="lindner-late lindner-early",
        steps="", state="RECEIVED",
    ),
    Script(
        key="kornhaus-preis", customer="kornhaus", day=4, hour=9.5, issued=12,
        order="MA-2010:400@890 MA-3070:60", items=(price("MA-2010", 120, 120),),
        companions="kornhaus-preis-2 kornhaus-preis-3", steps="read take:ACC propose",
        state="DECISION_PROPOSED",
    ),
    Script(
        key="kornhaus-doppelt", customer="kornhaus", day=6, hour=15.7, issued=17,
        order="MA-3030:150@2275", items=(flat("NC-17", 341_250, 170_625, "zweite Rechnung"),),
        twin="copy", steps="read take:ACC reply:papers propose submit approve",
        state="PARTIALLY_APPROVED",
    ),
    Script(
        key="frischmarkt-skonto", customer="frischmarkt", day=20, hour=8.0, issued=34,
        order="MA-1110:300@2470", items=(flat("FI-02", 0, 0, "late-discount"),),
        channel="bank", again="mail", pay=Pay("late-discount", 20, "RE {n} ABZGL 2 PCT SKONTO"),
        steps="take:CRD propose_refuse submit refuse notify accept collect repaid:4", state="REPAID",
    ),
    Script(
        key="lindner-bonus", customer="lindner", day=9, hour=11.9, issued=45,
        order="MA-1030:200 MA-4040:120", items=(rebate(200, 600),),
        files="turnover", dn="BONUS-H1", steps="read take:SAL colleague:anna reply:contract propose submit",
        state="IN_APPROVAL",
    ),
    Script(
        key="lindner-wkz", customer="lindner", day=11, hour=14.1, issued=38,
        order="MA-1120:80 MA-4020:50", items=(flat("CO-03", 95_000, 0, "WKZ"),), layout="lindner-wkz",
        dn="WKZ-2218", steps="read take:TRM ask", state="WAITING_CUSTOMER",
    ),
    Script(
        key="oltmann-falsch", customer="oltmann", day=5, hour=9.0, issued=9,
        order="MA-1040:36 MA-1080:24 MA-3060:18", items=(goods("NC-07", "MA-1040", 36, 36),),
        files="photo", steps="read take:LOG note", state="INVESTIGATING",
    ),
    Script(
        key="wiebe-mangel", customer="wiebe", day=7, hour=16.4, issued=16,
        order="MA-2015:20 MA-2020:18 MA-2050:12", items=(goods("NC-06", "MA-2015", 8, 0),),
        files="photo photo", steps="read take:QUA colleague:elena", state="WAITING_INTERNAL",
    ),
    Script(
        key="amselgrund-fracht", customer="amselgrund", day=10, hour=10.8, issued=14,
        order="MA-3040:10 MA-3050:10 MA-4050:6", items=(charge("NC-21", FREIGHT, 6800, 6800),),
        steps="read take:ACC propose submit approve posted", state="POSTED",
    ),
    Script(
        key="rheinfels-spaet", customer="rheinfels", day=24, hour=18.1, issued=31, days_late=2,
        order="MA-1130:24 MA-4010:30 MA-4030:18", items=(flat("NC-11", 25_000, 0, "Deckungskauf"),),
        steps="read take:LOG note propose_refuse submit refuse notify", state="CUSTOMER_NOTIFIED",
    ),
    Script(
        key="sonnleite-bruch", customer="sonnleite", day=36, hour=9.2, issued=41,
        order="MA-4010:48 MA-4060:48 MA-2050:40", items=(damaged("MA-4010", 7, 7),), files="photo",
        steps="read take:LOG wait:11 propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="kessler-rechnung", customer="kessler", day=16, hour=11.0, issued=44,
        order="MA-1010:60 MA-1050:60 MA-3080:24", items=(paper("NC-26"),),
        steps="read take:ACC resend notify close", state="CLOSED",
    ),
    Script(
        key="behn-beleg", customer="behn", day=28, hour=13.2, issued=39, has_pod=False,
        order="MA-3020:14 MA-3040:10 MA-4020:12", items=(paper("NC-25"),),
        steps="read take:LOG carrier pod send notify close", state="CLOSED",
    ),
    Script(
        key="frischmarkt-poenale", customer="frischmarkt", day=29, hour=8.4, issued=43, days_late=1,
        order="MA-1010:160 MA-1050:140 MA-3010:80", items=(flat("NC-12", 96_000, 0, "Pönale"),),
        dn="POE-3306", layout="frischmarkt-poenale",
        steps="read take:LOG note propose_refuse submit refuse notify appeal", state="APPEALED",
    ),
    Script(
        key="nordhanse-rabatt", customer="behn", day=6, hour=10.2, issued=11,
        order="MA-3010:20 MA-3020:20 MA-3050:16",
        items=(price("MA-3010", 81, 81, "NC-09"), price("MA-3020", 83, 83, "NC-09")),
        sender="nordhanse", steps="read take:ACC propose submit approve", state="APPROVED",
    ),
    Script(
        key="kessler-bezahlt", customer="kessler", day=23, hour=9.7, issued=57,
        order="MA-1020:50 MA-4060:36", items=(whole("FI-08", is_valid=False),),
        steps="read take:CRD note ask withdraw", state="WITHDRAWN",
    ),
    Script(
        key="kornhaus-aktion", customer="kornhaus", day=13, hour=12.4, issued=21,
        order="MA-1045:120 MA-2050:80", items=(promo("MA-1045", 1000, 1000),), dn="AK-58",
        layout="kornhaus",
        steps="read take:TRM reply:contract propose submit approve posted notify", state="POSTED",
    ),
    Script(
        key="amselgrund-skonto", customer="amselgrund", day=2, hour=8.0, issued=17,
        order="MA-3060:20 MA-3080:20 MA-4020:12", items=(flat("FI-02", 0, 0, "late-discount"),),
        channel="bank", pay=Pay("late-discount", 2, "RECHNUNG {inv} ABZGL 3 PROZENT"),
        steps="take:CRD", state="INVESTIGATING",
    ),
)  # fmt: skip

BRITISH = (
    Script(
        key="hartley-nondelivery", customer="hartley", day=4, hour=10.4, issued=12, has_pod=False,
        order="MA-1010:90 MA-1130:70 MA-4020:26@3520", items=(short("MA-4020", 26, 26, "NC-03"),),
        dn="DN 20418", layout="hartley", steps="read take:LOG colleague:marco", state="WAITING_INTERNAL",
    ),
    Script(
        key="thornbury-damage", customer="thornbury", day=38, hour=12.0, issued=45,
        order="MA-4010:80 MA-4040:100 MA-2010:120", items=(damaged("MA-4040", 18, 18),), files="photo",
        dn="CR-5512", layout="thornbury",
        steps="read take:LOG carrier pod propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="hartley-price", customer="hartley", day=2, hour=17.1, issued=6,
        order="MA-1020:80 MA-1120:60 MA-3040:30", items=(price("MA-1120", 75, 0),),
        steps="read", state="QUALIFYING",
    ),
    Script(
        key="pennywick-shortage", customer="pennywick", day=31, hour=16.6, issued=39,
        order="MA-3040:8 MA-3050:8 MA-1140:6", items=(short("MA-1140", 2, 2),),
        steps="read take:LOG propose submit approve posted notify close", state="CLOSED",
    ),
    Script(
        key="caldermoor-surcharge", customer="caldermoor", day=20, hour=11.5, issued=28,
        order="MA-2030:12 MA-3070:10 MA-4010:8", items=(charge("NC-23", SURCHARGE, 3900, 0),),
        steps="read take:ACC note propose_refuse submit refuse notify accept", state="ACCEPTED",
    ),
    Script(
        key="abbot-pod", customer="abbotrowe", day=25, hour=9.3, issued=38, has_pod=False,
        order="MA-1110:12 MA-4050:10 MA-3060:12", items=(paper("NC-25"),),
        steps="read take:LOG carrier pod send notify close", state="CLOSED",
    ),
    Script(
        key="locharden-late", customer="locharden", day=18, hour=13.0, issued=29, days_late=4,
        order="MA-1030:10 MA-2010:20 MA-4060:10", items=(flat("NC-11", 6000, 0, "lost sales"),),
        steps="read take:LOG note withdraw", state="WITHDRAWN",
    ),
    Script(
        key="mapleford-paid", customer="mapleford", day=27, hour=15.0, issued=59,
        order="MA-1050:30 MA-4040:30", items=(whole("FI-08", is_valid=False),), files="receipt",
        steps="read take:CRD note propose_refuse submit refuse notify accept collect repaid:9 close",
        state="CLOSED",
    ),
    Script(
        key="thornbury-promo", customer="thornbury", day=34, hour=9.6, issued=42,
        order="MA-1010:150 MA-1040:120", items=(promo("MA-1010", 1200, 0), promo("MA-1040", 1200, 0)),
        steps="read take:TRM note propose_refuse submit refuse notify appeal check note",
        state="INVESTIGATING",
    ),
)  # fmt: skip
