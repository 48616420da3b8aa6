"""The voice of the customer: whom to ask, what they said, why they did not pay, by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from concilia.dunning.core.satisfaction import ASKED_WITHIN, NEVER_ASKED, ONCE_IN, csat
from concilia.dunning.models import Motive, Survey
from concilia.dunning.queries.dunnable import rows_of
from concilia.foundation import tokens
from concilia.identity.models import Entity

MOST_AT_ONCE: Final = 500
MONTHS: Final = 12
# The token stands in no message that is kept; it is put in as the mail leaves.
LEFT_OUT: Final = "/v/…"
# One thing of each customer, the newest: a case that closed or a promise that was kept.
TO_ASK: Final = """
WITH over AS (
    SELECT c.customer_id, c.id AS case_id, NULL::bigint AS promise_id, c.closed_at AS at
      FROM cases_case c
     WHERE c.entity_id = %(entity)s AND c.closed_at > %(since)s AND c.closed_at <= %(at)s
    UNION ALL
    SELECT p.customer_id, NULL, p.id, p.judged_at
      FROM dunning_promise p
     WHERE p.entity_id = %(entity)s AND p.state IN ('KEPT', 'KEPT_LATE')
       AND p.judged_at > %(since)s AND p.judged_at <= %(at)s
)
SELECT DISTINCT ON (over.customer_id) over.customer_id, case_id, promise_id, contact.email,
       coalesce(nullif(contact.language, ''), customer.language) AS language
  FROM over
  JOIN customers_customer customer ON customer.id = over.customer_id
  JOIN LATERAL (SELECT email, language FROM customers_contact k
                 WHERE k.customer_id = over.customer_id AND k.email <> ''
                   AND k.opted_out_at IS NULL AND k.bounced_at IS NULL
                 ORDER BY k.id LIMIT 1) contact ON true
 WHERE NOT EXISTS (SELECT 1 FROM dunning_survey s
                    WHERE s.customer_id = over.customer_id AND s.asked_at > %(once)s)
   AND NOT EXISTS (SELECT 1 FROM dunning_motive m
                    WHERE m.customer_id = over.customer_id AND m.withdrawn_at IS NULL
                      AND m.code = ANY(%(never)s))
   AND NOT EXISTS (SELECT 1 FROM dunning_contactterms t
                    WHERE t.customer_id = over.customer_id
                      AND (t.opted_out @> '["EMAIL"]' OR EXISTS (
                          SELECT 1 FROM jsonb_each(t.flags) flag
                           WHERE flag.value->>'until' IS NULL
                              OR (flag.value->>'until')::date >= %(at)s::date)))
   AND NOT EXISTS (SELECT 1 FROM dunning_placement h
                    WHERE h.customer_id = over.customer_id AND h.state = 'PLACED')
   AND NOT EXISTS (SELECT 1 FROM claims_claim l
                    WHERE l.customer_id = over.customer_id AND l.state = 'ESCALATED_LEGAL')
 ORDER BY over.customer_id, over.at DESC LIMIT %(most)s
"""


def to_ask(*, entity: Entity, at: datetime) -> list[dict[str, Any]]:
    """Whom to ask how it was, one row for each customer: one statement."""
    asked = {
        "entity": entity.pk,
        "at": at,
        "since": at - ASKED_WITHIN,
        "once": at - ONCE_IN,
        "never": list(NEVER_ASKED),
        "most": MOST_AT_ONCE,
    }
    return rows_of(TO_ASK, asked)


def find_survey(token: str) -> Survey | None:
    """The survey of a token; a forged one is refused before the database is asked."""
    if tokens.seed_of(token) is None:
        return None
    rows = Survey.objects.select_related("entity", "customer")
    return rows.filter(token_sha256=tokens.digest_of(token)).first()


def place_of_survey() -> str:
    """The address of a survey as a message keeps it: without its token."""
    return f"{settings.BASE_URL}{LEFT_OUT}"


def with_survey(*, message_id: int, body: str) -> str:
    """The words of a message as they leave: with the address of the survey it carries, if any."""
    if LEFT_OUT not in body:
        return body
    row = Survey.objects.filter(message=message_id).first()
    if row is None:
        return body
    return body.replace(place_of_survey(), f"{settings.BASE_URL}/v/{tokens.token_of(row.seed)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was asked and answered in a month, and which reasons were given."""

    first: date
    asked: int
    answered: int
    satisfied: int
    share: Fraction | None
    motives: Sequence[tuple[str, int]]


def voice_by_month(*, entity: Entity, today: date) -> list[Month]:
    """The last twelve months, the newest first: two statements."""
    months = _months(today)
    zone = ZoneInfo(entity.timezone)
    since = datetime(months[-1].year, months[-1].month, 1, tzinfo=zone)
    scores: dict[date, list[int | None]] = defaultdict(list)
    rows = Survey.objects.filter(entity=entity, asked_at__gte=since)
    for at, score in rows.values_list("asked_at", "score"):
        scores[at.astimezone(zone).date().replace(day=1)].append(score)
    motives: dict[date, Counter[str]] = defaultdict(Counter)
    said = Motive.objects.filter(entity=entity, said_date__gte=months[-1], withdrawn_at=None)
    for on, code in said.values_list("said_date", "code"):
        motives[on.replace(day=1)][code] += 1
    return [_month(first, scores[first], motives[first]) for first in months]


def _month(first: date, scores: Sequence[int | None], motives: Counter[str]) -> Month:
    given = [score for score in scores if score is not None]
    share = csat(given)
    return Month(
        first=first,
        asked=len(scores),
        answered=len(given),
        satisfied=int(share * len(given)) if share is not None else 0,
        share=share,
        motives=sorted(motives.items(), key=lambda pair: (-pair[1], pair[0]))[:3],
    )


def _months(today: date) -> list[date]:
    found, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        found.append(first)
        first = first.replace(
            year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1
        )
    return found


def answers_in(*, entity: Entity, first: date) -> QuerySet[Survey]:
    """The answers to what was asked in a month, the newest first."""
    zone = ZoneInfo(entity.timezone)
    start = datetime(first.year, first.month, 1, tzinfo=zone)
    end = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=zone)
    rows = Survey.objects.filter(
        entity=entity, asked_at__gte=start, asked_at__lt=end, answered_at__isnull=False
    )
    return rows.select_related("customer", "case").order_by("-answered_at", "-pk")
