"""An arrival, or any paper, opened: its files, what was read, and what a person can do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from concilia.claims.actions.filing import FILED
from concilia.claims.core.arriving import Course
from concilia.claims.models import Claim
from concilia.claims.queries.inbox import (
    Checked,
    Further,
    check_reading,
    find_customers,
    find_invoices,
    find_open_claims,
    further_of,
)
from concilia.claims.queries.recognition import (
    OPEN_STATES,
    PROPOSED,
    Recognised,
    recognise,
)
from concilia.claims.queries.recognition_words import DOUBTS, candidate_words
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.documents.models import Correction, Document, Reading
from concilia.intake.core.reading import CLAIM_KINDS, amount_in
from concilia.intake.models import Arrival
from concilia.intake.queries.proposals import proposal_of
from concilia.interfaces.components.formats import money_text
from concilia.interfaces.components.originals import file_of, open_original
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.answer_panel import REPLY, AnswerPanel, answer_panel
from concilia.interfaces.desk.column_panel import ColumnsPanel, columns_of
from concilia.interfaces.desk.inbox_words import GO_ON, channel_words, outcome_words
from concilia.interfaces.desk.papers import Mark, Paper, lay_out
from concilia.interfaces.desk.proposal_panel import ProposalPanel, proposal_panel
from concilia.interfaces.desk.readings import Edit, ReadingPanel, marks_in, panel_of
from concilia.kernel.reasons import reason_name
from concilia.receivables.models import Invoice

PART_ICONS: Final = {
    "eml": "mail",
    "msg": "mail",
    "pdf": "file-text",
    "facturx": "file-text",
    "csv": "file-spreadsheet",
    "xlsx": "file-spreadsheet",
    "jpg": "photo",
    "png": "photo",
    "tiff": "photo",
    "zip": "file-zip",
}
# An attached paper of these kinds says what the message only announces.
TELLING: Final = CLAIM_KINDS | {"remittance_advice"}
SAID_BY_FIELDS: Final = ("no_reason", "no_amount", "unknown_customer", "foreign_number")
CUSTOMER_KEY: Final = "customer:0"
CASE_KEY: Final = "case:0"
INVOICE_KEY: Final = "references.invoice:"


@dataclass(frozen=True, slots=True)
class PaperTab:
    """One file of an arrival: the message itself, or something attached to it."""

    n: int
    document: Document
    icon: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a search in an open field found."""

    key: str = ""
    text: str = ""
    customers: Sequence[Customer] = ()
    invoices: Sequence[Invoice] = ()
    claims: Sequence[Claim] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.customers or self.invoices or self.claims)


@dataclass(frozen=True, slots=True)
class FurtherLine:
    """Something else the message contests, in words."""

    further: Further
    reason: str
    amount: str

    @property
    def act(self) -> str:
        """What the button that opens its claim sends."""
        return f"further:{self.further.n}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open claim it may belong to, and in one sentence why."""

    claim: Claim
    words: str

    @property
    def act(self) -> str:
        """What the button that puts it there sends."""
        return f"file:{self.claim.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """
    What the viewer and the reading panel show.

    :param primary: (act, words) of the one filled button; none where nothing is left to do
    :param other: (act, words) of the button beside it, where two acts are as likely
    :param wait: why it waits, or what became of it, in one sentence
    :param proposals: open claims it may belong to, the likeliest first
    """

    document: Document
    paper: Paper
    panel: ReadingPanel
    checked: Checked
    tabs: tuple[PaperTab, ...] = ()
    message: Message | None = None
    arrival: Arrival | None = None
    primary: tuple[str, str | Promise] | None = None
    other: tuple[str, str | Promise] | None = None
    proposals: Sequence[Proposal] = ()
    doubt: str | Promise = ""
    further: Sequence[FurtherLine] = ()
    wait: str | Promise = ""
    finding: Finding = field(default_factory=Finding)
    columns: ColumnsPanel = field(default_factory=ColumnsPanel)
    proposal: ProposalPanel | None = None
    answer: AnswerPanel | None = None

    @property
    def came(self) -> str | Promise:
        """What carried it here: `by e-mail`."""
        return channel_words(self.arrival.channel) if self.arrival else ""

    @property
    def claim_href(self) -> str:
        """Where the claim is that it belongs to."""
        return address("claim", self.checked.claim.pk) if self.checked.claim else ""

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it lies beside a claim that nobody has decided yet."""
        claim, arrival = self.checked.claim, self.arrival
        if claim is None or arrival is None or arrival.outcome not in FILED:
            return False
        return claim.document_id != arrival.document_id and claim.state in OPEN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: which file, which open field, what is searched for in it."""

    part: int | None = None
    edit: Edit = field(default_factory=Edit)
    find: str = ""


def open_arrival(arrival: Arrival, asked: Asked) -> Opened | None:
    """This will be an arrival ready for its two panes; None while nobody has read it."""
    document = arrival.document
    if document is None:
        return None
    opened = _opened(document, arrival.message, asked)
    found = _recognised(arrival)
    proposals = [Proposal(one.claim, candidate_words(one, found.codes)) for one in found.candidates]
    further = [_further_line(one, document) for one in further_of(document)]
    usual, reply = _primary(arrival, opened.checked), answer_panel(arrival, document)
    first = (proposals[0].act, _put_beside(proposals[0].claim)) if proposals else None
    return Opened(
        document=document,
        paper=opened.paper,
        panel=opened.panel,
        checked=opened.checked,
        tabs=opened.tabs,
        message=arrival.message,
        arrival=arrival,
        primary=first or _next_of(arrival, further) or usual,
        other=usual if first and document.kind in CLAIM_KINDS else _contest(reply),
        proposals=proposals,
        further=further,
        doubt=DOUBTS[found.doubt] if found.doubt else "",
        wait=_wait(arrival, opened.panel),
        finding=_find(arrival.entity_id, opened.checked, asked),
        columns=columns_of(document, _heads(document)),
        proposal=proposal_panel(proposal_of(document_id=document.pk), document),
        answer=reply,
    )


def _recognised(arrival: Arrival) -> Recognised:
    """The open claims it may belong to, where it waits to be put beside one."""
    is_asked = arrival.state == Arrival.State.WAITING and arrival.outcome in PROPOSED
    return recognise(arrival=arrival) if is_asked else Recognised(course=Course.LEAVE)


def _further_line(further: Further, document: Document) -> FurtherLine:
    said, language = further.said, (get_language() or "en")[:2]
    currency = str(said.get("currency") or document.currency)
    minor = amount_in(said, "claimed_amount", currency)
    amount = "" if minor is None else money_text(minor, currency, language)
    return FurtherLine(further, reason_name(str(said["reason"]), language), amount)


def _next_of(arrival: Arrival, further: Sequence[FurtherLine]) -> tuple[str, str] | None:
    """Once the first claim is open, the likeliest act is to open the next."""
    left = [line for line in further if line.further.claim is None]
    if arrival.outcome != "further_claims" or not left:
        return None
    return left[0].act, gettext("Open the further claim")


def _contest(reply: AnswerPanel | None) -> tuple[str, str] | None:
    """What an answer disputes is a claim."""
    return ("contest", gettext("It is a claim")) if reply and reply.contests else None


def _put_beside(claim: Claim) -> str:
    return gettext("Put it beside %(claim)s") % {"claim": claim.case.number}


def _heads(document: Document) -> list[dict[str, Any]]:
    """The heads of the tables in the newest reading of a message and its files."""
    rows = Reading.objects.filter(document=document).order_by("-version")
    found: list[dict[str, Any]] | None = rows.values_list("signals__heads", flat=True).first()
    return found or []


def _wait(arrival: Arrival, panel: ReadingPanel) -> str | Promise:
    """Why it waits, unless an open field says so already."""
    is_said = panel.unsure and arrival.outcome in SAID_BY_FIELDS
    return "" if is_said else outcome_words(arrival.outcome)


def open_document(document: Document) -> Opened:
    """This will be any document of an entity, for reading only, with the arrival it came with."""
    root = document.parent or document
    arrival = Arrival.objects.filter(document=root).select_related("message").first()
    message = arrival.message if arrival else None
    opened = _opened(root, message, Asked(part=document.n if document.parent_id else 0))
    return Opened(
        document=document,
        paper=opened.paper,
        panel=opened.panel,
        checked=opened.checked,
        tabs=opened.tabs,
        message=message,
        arrival=arrival,
        wait=outcome_words(arrival.outcome) if arrival else "",
    )


def _opened(root: Document, message: Message | None, asked: Asked) -> Opened:
    sender = message.sender if message else ""
    checked = check_reading(entity_id=root.entity_id, document=root, sender=sender)
    panel = panel_of(root, checked, people=_people(root), edit=asked.edit)
    papers = [root, *root.parts.order_by("n")]
    marks = {paper.pk: _marks_on(paper, panel) for paper in papers}
    shown = _shown(papers, marks, asked.part)
    tabs = tuple(
        PaperTab(paper.n if paper.parent_id else 0, paper, _icon(paper), paper.pk == shown.pk)
        for paper in papers
    )
    paper = lay_out(shown, open_original(file_of(shown)), marks[shown.pk])
    return Opened(document=root, paper=paper, panel=panel, checked=checked, tabs=tabs)


def _people(document: Document) -> dict[str, str]:
    """Who said last what a field is."""
    rows = Correction.objects.filter(document=document).order_by("corrected_at", "pk")
    return dict(rows.values_list("field", "user__name"))


def _shown(
    papers: Sequence[Document], marks: Mapping[int, Sequence[Mark]], wanted: int | None
) -> Document:
    """The file asked for; else the attached paper, or the message, most values were read in."""
    numbered = {paper.n if paper.parent_id else 0: paper for paper in papers}
    if wanted in numbered:
        return numbered[wanted]
    told = [paper for paper in papers[1:] if paper.kind in TELLING and marks[paper.pk]]
    best = max(told or papers, key=lambda paper: len(marks[paper.pk]))
    if marks[best.pk]:
        return best
    return next((paper for paper in papers[1:] if paper.kind in TELLING), papers[0])


def _marks_on(paper: Document, panel: ReadingPanel) -> list[Mark]:
    """Where values were read in one file: as the whole reading says, and as its own says."""
    marks = [mark for mark in panel.marks if _is_on(mark, paper)]
    if paper.parent_id:
        marks += marks_in(paper.values, panel.fields)
    return list({(mark.ref, mark.start, mark.text): mark for mark in marks}.values())


def _is_on(mark: Mark, paper: Document) -> bool:
    """A part is named by its number or its file name; nothing, or 0, is the message itself."""
    if paper.parent_id is None:
        return mark.part in {"", "0", "None", paper.filename}
    return mark.part in {str(paper.n), paper.filename}


def _icon(paper: Document) -> str:
    return PART_ICONS.get(paper.format, "paperclip" if paper.parent_id else "file")


def _primary(arrival: Arrival, checked: Checked) -> tuple[str, str | Promise] | None:
    """The most likely act: it is at the same place for every arrival, and `a` presses it."""
    document = arrival.document
    if arrival.state == Arrival.State.DONE or document is None:
        return None
    if arrival.state == Arrival.State.NOTHING_TO_DO:
        return ("again", gettext("Bring it back"))
    if document.kind in CLAIM_KINDS:
        joins = checked.short_payment is not None
        words = gettext("Confirm and join the claim") if joins else ""
        return ("open", words or gettext("Confirm and open the claim"))
    if document.kind in GO_ON and arrival.outcome not in {"which_case", "no_bank_file"}:
        return ("confirm", GO_ON[document.kind])
    is_answer = document.kind == REPLY and checked.customer is not None
    return ("reply", gettext("Confirm the reason")) if is_answer else None


def _find(entity_id: int, checked: Checked, asked: Asked) -> Finding:
    key, text = asked.edit.key, asked.find
    if key == CUSTOMER_KEY:
        return Finding(key=key, text=text, customers=find_customers(entity_id=entity_id, text=text))
    if key.startswith(INVOICE_KEY):
        found = find_invoices(entity_id=entity_id, text=text, customer=checked.customer)
        return Finding(key=key, text=text, invoices=found)
    if key == CASE_KEY:
        rows = find_open_claims(entity_id=entity_id, text=text, customer=checked.customer)
        return Finding(key=key, text=text, claims=rows)
    return Finding()
