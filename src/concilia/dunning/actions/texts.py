"""Change control of a company's own texts: kept only if sound, published by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import Key, Way, Wording, ways_of
from concilia.dunning.core.texts.lints import Finding, lint
from concilia.dunning.models import OwnText
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.kernel.hashing import sha256_of

State = OwnText.State


class TextRefused(Refused):
    """
    A text cannot be kept or published so; the message says why.

    :ivar findings: what its lints say, and where
    """

    findings: tuple[Finding, ...] = ()


@transaction.atomic(durable=True)
def write_text(
    *,
    place: tuple[Key, Way, Language],
    wording: Wording,
    member: Membership,
    at: datetime,
) -> OwnText:
    """
    Keep a company's own words as the draft of a text; they replace the draft before.

    :raises TextRefused: if the caller is no administrator, the text is not written for this way, or
        its lints find something: `findings` says what and where
    """
    _require_writer(member)
    key, way, language = place
    if way not in ways_of(key):
        raise TextRefused(_("This text is not written for this way."))
    clean = Wording(" ".join(wording.subject.split()), _clean(wording.body))
    if findings := lint(key, way, language, clean):
        refused = TextRefused(
            _("{n} things in this text must be put right first."), n=len(findings)
        )
        refused.findings = findings
        raise refused
    entity = _lock(member)
    mine = OwnText.objects.filter(entity=entity, key=key, way=way, language=language)
    draft = mine.filter(state=State.DRAFT).first()
    if draft is None:
        last = mine.aggregate(last=Max("version"))["last"] or 0
        draft = OwnText(entity=entity, key=key, way=way, language=language, version=last + 1)
    draft.subject, draft.body = clean.subject, clean.body
    draft.sha256 = sha256_of([clean.subject, clean.body])
    draft.written_by, draft.written_at = member, at
    draft.save()
    _log(draft, "text.written", member, at)
    return draft


@transaction.atomic(durable=True)
def publish_text(*, text_id: int, seen_sha256: str, member: Membership, at: datetime) -> OwnText:
    """
    Put a draft in force: what is written from now on says it; what was sent stays as it is.

    :param seen_sha256: the digest of the words the second person looked at
    :raises TextRefused: if they wrote it (four eyes), may not, saw other words, or its lints, which
        may have become stricter since, find something
    """
    _require_writer(member)
    entity = _lock(member)
    draft = OwnText.objects.filter(pk=text_id, entity=entity, state=State.DRAFT).first()
    if draft is None:
        raise TextRefused(_("There is no such draft any more."))
    if draft.written_by_id == member.pk:
        raise TextRefused(_("You wrote these words: somebody else puts them in force."))
    if draft.sha256 != seen_sha256:
        raise TextRefused(_("The draft changed since you opened it: look at it again."))
    wording = Wording(draft.subject, draft.body)
    if findings := lint(Key(draft.key), Way(draft.way), Language(draft.language), wording):
        refused = TextRefused(
            _("{n} things in this text must be put right first."), n=len(findings)
        )
        refused.findings = findings
        raise refused
    OwnText.objects.filter(
        entity=entity,
        key=draft.key,
        way=draft.way,
        language=draft.language,
        state=State.PUBLISHED,
    ).update(state=State.RETIRED, retired_at=at)
    draft.state, draft.published_by, draft.published_at = State.PUBLISHED, member, at
    draft.save(update_fields=["state", "published_by", "published_at"])
    _log(draft, "text.published", member, at)
    return draft


@transaction.atomic(durable=True)
def drop_text(*, text_id: int, member: Membership, at: datetime) -> None:
    """
    Throw a draft away, or let the shipped words speak again instead of those in force.

    :raises TextRefused: if there is neither, or the caller is no administrator
    """
    _require_writer(member)
    entity = _lock(member)
    row = OwnText.objects.filter(pk=text_id, entity=entity).exclude(state=State.RETIRED).first()
    if row is None:
        raise TextRefused(_("There is no such draft any more."))
    if row.state == State.DRAFT:
        _log(row, "text.dropped", member, at)
        row.delete()
        return
    row.state, row.retired_at = State.RETIRED, at
    row.save(update_fields=["state", "retired_at"])
    _log(row, "text.retired", member, at)


def _clean(body: str) -> str:
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(not (sign.isprintable() or sign == "\n") for sign in text):
        raise TextRefused(_("This text contains a sign one cannot see."))
    return text


def _require_writer(member: Membership) -> None:
    if member.role != Role.ADMIN or not member.is_active:
        raise TextRefused(_("Only an administrator changes this."))


def _lock(member: Membership) -> Entity:
    """Writers and publishers of one entity wait for each other."""
    return Entity.objects.select_for_update(no_key=True).get(pk=member.entity_id)


def _log(row: OwnText, act: str, member: Membership, at: datetime) -> None:
    data = {
        "key": row.key,
        "way": row.way,
        "language": row.language,
        "version": row.version,
        "sha256": row.sha256,
    }
    acts = [Act(act, "text", row.pk, data)]
    audit.log(entity_id=row.entity_id, actor=actor_of(member), at=at, acts=acts)
