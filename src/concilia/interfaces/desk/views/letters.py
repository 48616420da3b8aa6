"""Letters on paper: what waits for the printer, what was posted, what proves that it arrived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from concilia.dunning.actions import (
    LetterRefused,
    keep_letterhead,
    lay_proof,
    post_letter,
    print_letters,
    take_letter_out,
)
from concilia.dunning.core.letter_pdf import LETTERS_MAX, letters_pdf
from concilia.dunning.core.texts import Key
from concilia.dunning.models import Letter, Letterhead
from concilia.dunning.queries.letters import letters_counted, letters_in, proof_missing
from concilia.identity.models import Role
from concilia.interfaces.components.downloads import HARMLESS, download
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.components.uploads import TooLarge, require_size
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import is_key, words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.text_words import KEYS

PER_PAGE: Final = 50
VIEWS: Final[dict[str, tuple[str, Promise]]] = {
    "print": ("WAITING", gettext_lazy("To print")),
    "post": ("PRINTED", gettext_lazy("To post")),
    "posted": ("POSTED", gettext_lazy("Posted")),
    "out": ("TAKEN_OUT", gettext_lazy("Taken out")),
}
HEAD_FIELDS: Final = {
    "address": 300, "place": 60, "footer": 400, "account_holder": 70, "iban": 34, "bic": 11,
}  # fmt: skip


@require_GET
@desk_page(allow=WORKERS)
def letters(request: DeskRequest) -> HttpResponse:
    """Letters by where they are."""
    view = request.GET.get("show", "")
    view = view if view in VIEWS else "print"
    entity, today = request.seat.entity, timezone.localdate()
    page = Paginator(letters_in(entity=entity, state=VIEWS[view][0]), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = letters_counted(entity=entity)
    context = {
        "view": view,
        "views": [
            (name, words, counts.get(state, 0), name == view)
            for name, (state, words) in VIEWS.items()
        ],
        "page": page,
        "rows": [
            (row, KEYS[Key(row.text_key)], proof_missing(row, today)) for row in page.object_list
        ],
        "today": today,
        "head": Letterhead.objects.filter(entity=entity).first() or Letterhead(entity=entity),
        "may_head": request.seat.may(Role.ADMIN),
        "letters_max": LETTERS_MAX,
    }
    return render(request, "desk/letters.html", context)


@require_POST
@desk_page(allow=WORKERS)
def print_chosen(request: DeskRequest) -> HttpResponse:
    """The letters chosen as one PDF; they wait to be posted now."""
    chosen = [int(key) for key in request.POST.getlist("letter")[: LETTERS_MAX + 1] if is_key(key)]
    at = timezone.now()
    try:
        made = print_letters(letter_ids=chosen, by=request.seat.membership, at=at)
    except LetterRefused as refused:
        messages.error(request, words_of(refused))
        return redirect("desk:letters")
    return _pdf(made, f"letters-{timezone.localtime(at):%Y-%m-%d-%H%M}.pdf")


@require_GET
@desk_page(allow=WORKERS)
def letter_pdf(request: DeskRequest, letter_id: int) -> HttpResponse:
    """One letter as it was written: the same words, to the byte."""
    letter = get_object_or_404(Letter, pk=letter_id, entity=request.seat.entity)
    return _pdf(letters_pdf([letter.content]), f"letter-{letter.pk}.pdf")


@require_GET
@desk_page(allow=WORKERS)
def letter_proof(request: DeskRequest, letter_id: int) -> HttpResponse:
    """The proof that a letter arrived."""
    letter = get_object_or_404(Letter, pk=letter_id, entity=request.seat.entity)
    if not letter.proof_sha256:
        raise Http404
    return download(sha256=letter.proof_sha256, filename=letter.proof_name)


@require_POST
@desk_page(allow=WORKERS)
def letter_act(request: DeskRequest, letter_id: int) -> HttpResponse:
    """Note that a letter was posted, lay its proof beside it, or take it out."""
    get_object_or_404(Letter, pk=letter_id, entity=request.seat.entity)
    acts: dict[str, tuple[Callable[[DeskRequest, int], str], str]] = {
        "post": (_post, "post"),
        "prove": (_prove, "posted"),
        "out": (_take_out, "print"),
    }
    does, view = acts.get(request.POST.get("act", ""), (_take_out, "print"))
    try:
        messages.success(request, does(request, letter_id))
    except (LetterRefused, TooLarge) as refused:
        messages.error(request, words_of(refused))
    response = redirect("desk:letters")
    response["Location"] += f"?show={view}"
    return response


@require_POST
@desk_page(allow=(Role.ADMIN,))
def letterhead(request: DeskRequest) -> HttpResponse:
    """What stands on the letters written from now on."""
    sent = {name: words_in(request.POST, name, most=most) for name, most in HEAD_FIELDS.items()}
    sent["iban"] = "".join(sent["iban"].split()).upper()
    sent["bic"] = "".join(sent["bic"].split()).upper()
    try:
        keep_letterhead(head=Letterhead(**sent), by=request.seat.membership, at=timezone.now())
    except LetterRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Saved. It stands on the letters written from now on."))
    return redirect("desk:letters")


def _post(request: DeskRequest, letter_id: int) -> str:
    post_letter(
        letter_id=letter_id,
        posted=_day(request.POST.get("day", "")),
        number=words_in(request.POST, "number", most=60),
        by=request.seat.membership,
        at=timezone.now(),
        today=timezone.localdate(),
    )
    return gettext("Noted: posted.")


def _prove(request: DeskRequest, letter_id: int) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise LetterRefused(gettext_noop("Choose the file first."))
    require_size(file)
    lay_proof(
        letter_id=letter_id,
        content=file.read(),
        name=file.name or "proof",
        delivered=_day(request.POST.get("day", "")),
        by=request.seat.membership,
        at=timezone.now(),
    )
    return gettext("The proof lies beside the letter.")


def _take_out(request: DeskRequest, letter_id: int) -> str:
    why = words_in(request.POST, "why", most=200)
    take_letter_out(letter_id=letter_id, why=why, by=request.seat.membership, at=timezone.now())
    return gettext("Taken out: it is not posted.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as no_day:
        raise LetterRefused(gettext_noop("Say on which day.")) from no_day


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = HARMLESS
    response["Cache-Control"] = "private, no-store"
    return response
