"""Pages made of every component, with the sample data of the design. They exist in tests only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.urls import include, path
from django.views import defaults
from django.views.decorators.http import require_POST

from concilia.interfaces.components.feedback import notify
from concilia.interfaces.components.figures import Part
from concilia.interfaces.desk import urls as desk_urls
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.navigation import PLACES

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
OPENED = NOW - timedelta(days=6)
MARTA = SimpleNamespace(pk=-1, name="Marta Conti")
MARCO = SimpleNamespace(pk=-2, name="Marco Bellini")


FIELDS = ["number", "customer", "reason", "state", "minor", "valid", "due"]


def claim(*values, **more):
    return dict(zip(FIELDS, values, strict=True)) | {"who": "me"} | more


TODAY_17 = NOW.replace(hour=16)
CLAIMS = [
    claim("CLM-0402", "Kornhaus Bio GmbH", "NC-08", "DECISION_PROPOSED", 128400, 128400, TODAY_17),
    claim("CLM-0397", "Maison Dorval SAS", "NC-25", "INVESTIGATING", 43260, None, TODAY_17),
    claim(
        "CLM-0418",
        "Frischmarkt Nord eG",
        "NC-01",
        "DECISION_PROPOSED",
        71640,
        55080,
        NOW + timedelta(days=4),
    ),
    claim(
        "CLM-0421",
        "Grossmarkt Lindner GmbH",
        "NC-01",
        "RECEIVED",
        29160,
        None,
        NOW + timedelta(days=11),
    ),
    claim(
        "CLM-0388",
        "Consorzio Valdarno",
        "CO-01",
        "IN_APPROVAL",
        214000,
        214000,
        NOW + timedelta(days=6),
        who=MARTA,
    ),
    claim(
        "CLM-0391",
        "Épicerie Marceau SAS",
        "NC-05",
        "WAITING_THIRD_PARTY",
        60480,
        60480,
        NOW,
        paused=NOW - timedelta(days=2),
        who="Trasporti Alpe Nord",
    ),
    claim(
        "CLM-0376",
        "Supermercados La Ribera S.A.",
        "NC-05",
        "WAITING_CUSTOMER",
        103600,
        None,
        NOW,
        paused=NOW - timedelta(days=5),
        who="La Ribera",
    ),
    claim(
        "CLM-0409",
        "Hartley & Sons Foods Ltd",
        "NC-03",
        "INVESTIGATING",
        91520,
        None,
        NOW + timedelta(days=1),
        who=MARCO,
    ),
    claim(
        "CLM-0415",
        "Alimentari Bonfanti S.p.A.",
        "FI-05",
        "APPROVED",
        84,
        84,
        NOW + timedelta(days=8),
        who=None,
        selected=True,
    ),
    claim(
        "CLM-0414",
        "Panificio Sestri S.r.l.",
        "FI-03",
        "APPROVED",
        1200,
        1200,
        NOW + timedelta(days=8),
        who=None,
        selected=True,
    ),
    claim(
        "CLM-0412",
        "Thornbury Wholesale Ltd",
        "FI-03",
        "APPROVED",
        1450,
        1450,
        NOW + timedelta(days=8),
        who=None,
        selected=True,
    ),
    claim(
        "CLM-0383",
        "Distribuciones Peralta S.L.",
        "NC-08",
        "DUPLICATE",
        38880,
        None,
        NOW + timedelta(days=5),
    ),
    claim("CLM-0369", "Frischmarkt Nord eG", "FI-02", "DENIED", 14820, 0, NOW + timedelta(days=7)),
    claim(
        "CLM-0364",
        "Épicerie Marceau SAS",
        "NC-12",
        "POSTING_FAILED",
        231800,
        64000,
        NOW - timedelta(days=2),
    ),
    claim(
        "CLM-0407",
        "Kornhaus Bio GmbH",
        "NC-17",
        "PARTIALLY_APPROVED",
        341250,
        170625,
        NOW + timedelta(days=4),
        who=MARTA,
    ),
]

CLAIM = {
    "whole": [Part("paid", 822960, "Paid"), Part("open", 71640, "Contested")],
    "slices": [
        Part("good", 17280, "Shortage"),
        Part("good", 37800, "Damage"),
        Part("bad", 8640, "Not proven"),
        Part("bad", 7920, "Fee"),
    ],
    "buckets": [
        Part("paid", 822960, "Paid", "12 Nov, bank line 31", "#"),
        Part("good", 55080, "To credit", "valid, 2 lines", "#"),
        Part("bad", 16560, "To collect back", "not valid, 2 lines", "#"),
        Part("open", 0, "Undecided", "nothing left", "#"),
        Part("none", 0, "Written off", "never", "#"),
    ],
    "total": 894600,
    "choices": [
        {
            "value": "part",
            "title": "Accept the valid part",
            "minor": 55080,
            "why": "Credit 550.80, collect 165.60 back",
            "checked": True,
        },
        {
            "value": "all",
            "title": "Accept all",
            "minor": 71640,
            "why": "165.60 more than proven, needs a reason",
        },
        {
            "value": "none",
            "title": "Refuse all",
            "minor": 0,
            "why": "Against the evidence, needs a reason",
        },
        {
            "value": "lines",
            "title": "Line by line",
            "minor": None,
            "why": "Change quantity or amount per line",
        },
    ],
    "route": [
        {"status": "ok", "title": "Marco Bellini", "note": "Logistics, evidence", "when": "17 Nov"},
        {"status": "now", "title": "You", "note": "Credit control, proposal", "when": "now"},
        {
            "status": "",
            "title": "Marta Conti",
            "note": "Team lead, up to 2,500.00",
            "when": "~1 day",
        },
        {
            "status": "",
            "title": "Tryton and customer",
            "note": "credit note, e-mail, collect back",
            "when": "same hour",
            "icon": "building-bank",
        },
    ],
    "limit": [
        Part("paid", 131240, "Signed"),
        Part("accent", 55080, "This case"),
        Part("none", 63680, "Free"),
    ],
    "events": [
        {
            "at": NOW - timedelta(hours=17),
            "kind": "rule",
            "text": "Verdict proposed: partly valid, 550.80",
            "note": "three rules, 14 facts",
        },
        {
            "at": NOW - timedelta(days=2),
            "kind": "person",
            "who": "Marco Bellini",
            "text": "added 3 photos",
        },
        {
            "at": NOW - timedelta(days=6),
            "kind": "pause",
            "text": "POD asked from Trasporti Alpe Nord",
            "note": "clock stopped",
        },
    ],
    "marco": MARCO,
}

CHARTS = {
    "flow": {
        "weeks": ["40", "41", "42", "43", "44", "45", "46", "47"],
        "opened": [18, 15, 13, 17, 19, 14, 16, 9],
        "settled": [14, 17, 16, 15, 14, 18, 13, 11],
        "open": [32, 30, 27, 29, 34, 30, 33, 38],
        "names": ["Opened", "Settled", "Still open"],
    },
    "causes": {
        "labels": ["Shortage", "Promotion", "Price", "Damage", "Discount"],
        "valid": ["11.8", "12.1", "9.4", "7.9", "1.1"],
        "invalid": ["4.9", "1.0", "2.2", "1.3", "3.0"],
        "names": ["Valid", "Not valid"],
    },
    "ageing": {
        "buckets": ["1-30", "31-60", "61-90", "91-120", "> 120"],
        "clear": [402, 161, 64, 28, 33],
        "promised": [38, 21, 9, 4, 0],
        "disputed": [11.4, 9.7, 6.3, 4.2, 3.5],
        "names": ["Free to chase", "Promised", "Disputed"],
    },
    "dso": {
        "months": ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"],
        "dso": [64.0, 63.1, 64.2, 63.0, 61.9, 61.2],
        "best": [46.1, 45.7, 46.3, 45.8, 45.2, 44.9],
        "names": ["DSO", "Best possible"],
    },
}

PAYMENT_ITEMS = [
    ("FT-2026/03201", 618000, True, "named in the text"),
    ("FT-2026/03208", 541250, True, "named in the text"),
    ("FT-2026/03215", 387000, True, "named in the text"),
    ("FT-2026/03222", 221400, False, "not named, due later"),
    ("NC-2026/0231", -14880, False, "credit note, not named"),
]


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the view", help_text="Colleagues see it too.")
    country = forms.ChoiceField(label="Country", choices=[("DE", "Germany"), ("IT", "Italy")])
    limit = forms.IntegerField(label="Limit", max_value=100)


@desk_page()
def worklist(request: DeskRequest) -> HttpResponse:
    for row in CLAIMS:
        row["owner"] = request.user if row["who"] == "me" else row["who"]
    page = Paginator([*CLAIMS, *CLAIMS, *CLAIMS], 15).page(1)
    acts = [
        {"label": "Settle", "icon": "check", "value": "settle", "key": "a"},
        {"label": "Hand over", "icon": "user", "value": "hand-over", "extra": True},
    ]
    hints = [
        {"keys": "JK", "does": "move"},
        {"keys": "X", "does": "select"},
        {"keys": "A", "does": "accept"},
    ]
    messages.success(request, "CLM-0388 sent to Marta Conti", extra_tags="/gallery/undo/")
    return render(
        request,
        "look/worklist.html",
        {"rows": CLAIMS, "page": page, "now": NOW, "opened": OPENED, "acts": acts, "hints": hints},
    )


@desk_page()
def case(request: DeskRequest) -> HttpResponse:
    due = NOW + timedelta(days=4)
    return render(request, "look/case.html", CLAIM | {"now": NOW, "due": due, "opened": OPENED})


@desk_page()
def reading(request: DeskRequest) -> HttpResponse:
    return render(request, "look/reading.html", {})


@desk_page()
def bank(request: DeskRequest) -> HttpResponse:
    return render(request, "look/bank.html", {"items": PAYMENT_ITEMS})


@desk_page()
def dashboard(request: DeskRequest) -> HttpResponse:
    return render(request, "look/dashboard.html", {"charts": CHARTS, "points": [6, 7, 5, 9, 8, 12]})


@desk_page()
def parts(request: DeskRequest) -> HttpResponse:
    form = SampleForm({"name": "", "country": "IT", "limit": "400"})
    table = {
        "columns": [
            {"label": "Invoice", "href": "?sort=number", "sorted": "ascending"},
            {"label": "Customer"},
            {"label": "Open EUR", "kind": "amt"},
        ],
        "rows": [
            {"cells": ["FT-2026/03140", "Bottega Bonfanti", "1,220.00"], "href": "#a"},
            {"cells": ["FT-2026/03187", "Frischmarkt Nord eG", "716.40"], "href": "#b"},
        ],
        "foot": ["Total", "", "1,936.40"],
    }
    states = [
        [
            "RECEIVED",
            "QUALIFYING",
            "DUPLICATE",
            "INVESTIGATING",
            "WAITING_CUSTOMER",
            "WAITING_INTERNAL",
        ],
        [
            "WAITING_THIRD_PARTY",
            "DECISION_PROPOSED",
            "IN_APPROVAL",
            "APPROVED",
            "PARTIALLY_APPROVED",
        ],
        [
            "DENIED",
            "APPEALED",
            "ESCALATED_LEGAL",
            "POSTING",
            "POSTING_FAILED",
            "POSTED",
            "REPAID",
            "CLOSED",
        ],
    ]
    context = {"form": form, "table": table, "states": states, "five_hundred": list(range(5))}
    return render(request, "look/parts.html", context)


@require_POST
@desk_page()
def note(request: DeskRequest) -> HttpResponse:
    if request.POST["text"] == "no":
        return HttpResponse('<p class="wrong">Too short.</p>', status=422)
    context = {
        "lane": request.POST["lane"],
        "who": request.user,
        "name": request.user.name,
        "about": "now",
        "text": request.POST["text"],
    }
    return notify(
        render(request, "components/message.html", context), "Saved", undo="/gallery/undo/"
    )


@require_POST
@desk_page()
def undo(request: DeskRequest) -> HttpResponse:
    return notify(HttpResponse(status=204), "Taken back")


@require_POST
@desk_page()
def upload(request: DeskRequest) -> HttpResponse:
    file = request.FILES["file"]
    if file.name.endswith(".exe"):
        return HttpResponse(status=400, headers={"X-Reason": "Programs%20are%20not%20read."})
    return HttpResponse(f"<li>{file.name} {file.size}</li>")


@require_POST
@desk_page()
def broken(request: DeskRequest) -> HttpResponse:
    return HttpResponseServerError("no")


def error(request, code):
    views = {400: defaults.bad_request, 403: defaults.permission_denied}
    if code in {400, 403}:
        return views[code](request, PermissionDenied("Your role does not open this page."))
    return (
        defaults.server_error(request)
        if code == 500
        else defaults.page_not_found(request, Http404())
    )


def elsewhere(request):
    return HttpResponse("somewhere else")


# The frame shows the ways to pages that exist; where one is not built yet the gallery stands in.
NAMES = {pattern.name for pattern in desk_urls.urlpatterns}
MISSING = [place.key for place in PLACES if place.key not in NAMES]
DESK = [
    *desk_urls.urlpatterns,
    *(path("" if key == "home" else f"{key}/", elsewhere, name=key) for key in MISSING),
]
urlpatterns = [
    path("gallery/worklist/", worklist),
    path("gallery/case/", case),
    path("gallery/reading/", reading),
    path("gallery/bank/", bank),
    path("gallery/dashboard/", dashboard),
    path("gallery/parts/", parts),
    path("gallery/note/", note),
    path("gallery/undo/", undo),
    path("gallery/upload/", upload),
    path("gallery/broken/", broken),
    path("gallery/error/<int:code>/", error),
    path("", include((DESK, "desk"))),
]
