"""
Work with a hundred thousand open cases: pages, hand-overs, rests, odds, news for who watches.

    python tests/bench/bench_work.py                 # build once, then measure
    python tests/bench/bench_work.py --only pages    # pages | acts | rounds | order
    python tests/bench/bench_work.py --fresh         # build the company anew

The company stays in a database of its own, `concilia_bench_work`. Acts are rolled back or taken
back. Ends with 1 when the 95th percentile of a page is 200 ms or more.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concilia.identity.models import Entity

sys.path.insert(0, str(Path(__file__).parent))

DATABASE = "concilia_bench_work"
OPEN, DECIDED, PEOPLE, CUSTOMERS = 100_000, 50_000, 40, 2_000
DEPARTMENTS = ("CRD", "LOG", "SAL", "ACC")
WATCHES, ENTRIES = 5_000, 20_000
BUILD = f"""
INSERT INTO cases_case (entity_id, number, customer_id, department, owner_id, language, sla_days,
       opened_at, due_at, snoozed_until_at, snoozed_why, closed_at)
SELECT %(entity)s, 'CLM-' || lpad(n::text, 6, '0'), (%(customers)s::bigint[])[1 + n %% {CUSTOMERS}],
       (ARRAY{list(DEPARTMENTS)})[1 + n %% 4],
       CASE WHEN n %% 20 = 0 THEN NULL ELSE (%(people)s::bigint[])[1 + n %% {PEOPLE}] END, 'de', 10,
       now() - (n %% 30) * interval '1 day', now() + (n %% 19 - 4) * interval '1 day',
       CASE WHEN n %% 33 = 0 THEN now() + interval '2 days' END, '',
       CASE WHEN n > {OPEN} THEN now() END
  FROM generate_series(1, {OPEN + DECIDED}) n;
INSERT INTO claims_claim (entity_id, case_id, customer_id, origin, channel, state, reason,
       reason_is_confirmed, currency, claimed_minor, approved_minor, denied_minor, valid_minor,
       their_reference, appeals, root_cause, received_at, decided_at)
SELECT c.entity_id, c.id, c.customer_id, 'message', 'mail',
       CASE WHEN c.closed_at IS NOT NULL THEN 'CLOSED' ELSE
            (ARRAY['QUALIFYING','INVESTIGATING','INVESTIGATING','WAITING_CUSTOMER','IN_APPROVAL',
                   'WAITING_INTERNAL','DECISION_PROPOSED','DECISION_PROPOSED'])[1 + c.id %% 8] END,
       (ARRAY['NC-01','NC-02','NC-05','NC-08','NC-17','CO-01','FI-02'])[1 + c.id %% 7], true, 'EUR',
       1000 + (c.id * 7919) %% 900000,
       CASE WHEN c.closed_at IS NULL OR c.id %% 3 = 0 THEN 0
            ELSE 1000 + (c.id * 7919) %% 900000 END,
       CASE WHEN c.closed_at IS NULL OR c.id %% 3 <> 0 THEN 0
            ELSE 1000 + (c.id * 7919) %% 900000 END,
       CASE WHEN c.id %% 4 = 0 THEN 500 END, '', 0, '', c.opened_at, c.closed_at
  FROM cases_case c WHERE c.entity_id = %(entity)s;
INSERT INTO claims_claimline (claim_id, n, reason, sku, description, vat_bp, currency,
       claimed_minor, approved_minor, denied_minor)
SELECT l.id, 1, l.reason, '', '', 0, l.currency, l.claimed_minor, l.approved_minor, l.denied_minor
  FROM claims_claim l WHERE l.entity_id = %(entity)s;
INSERT INTO cases_step (case_id, n, kind, place, evidence, department, assignee_id, holder,
       question, state, opened_at, due_at, answer, told_percent)
SELECT c.id, 1, 'question', '', '', c.department, c.owner_id, 'us', 'Who knows?', 'OPEN',
       c.opened_at, c.due_at, '', 0
  FROM cases_case c WHERE c.entity_id = %(entity)s AND c.closed_at IS NULL AND c.id %% 5 = 0;
INSERT INTO cases_clockstop (case_id, why, started_at)
SELECT l.case_id, 'customer', now() FROM claims_claim l
 WHERE l.entity_id = %(entity)s AND l.state = 'WAITING_CUSTOMER';
"""
PAGES = (
    ("home", "clerk"), ("home", "approver"), ("home", "resolver"), ("team", "approver"),
    ("team?team=all", "approver"), ("team-load", "approver"), ("team-absences", "approver"),
    ("team-hand-overs", "approver"), ("team-hand-over?of=MEMBER", "approver"), ("claims", "clerk"),
    ("claims?view=mine", "clerk"), ("claims?view=asked", "clerk"), ("claims?view=sign", "approver"),
    ("claims?view=resting", "clerk"), ("claims?view=watched", "clerk"),
    ("claims?view=waiting", "clerk"), ("claims?due=past&sort=due", "clerk"),
    ("claims?due=today&owner=MEMBER", "clerk"), ("claims?owner=none&sort=due", "clerk"),
    ("claims?page=300", "clerk"), ("settings?section=work", "admin"),
)  # fmt: skip


def main() -> int:
    """Build the company where it is missing, measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--only", default="", help="pages | acts | rounds | order")
    parser.add_argument("--fresh", action="store_true", help="build the company anew")
    options = parser.parse_args()
    import bench_pages

    bench_pages.DATABASE = DATABASE
    bench_pages._connect()
    bench_pages._create_database(fresh=options.fresh)
    entity = _company()
    parts: dict[str, Callable[[], int]] = {
        "pages": lambda: _pages(entity, options.times),
        "acts": lambda: _acts(entity),
        "rounds": lambda: _rounds(entity),
        "order": _order,
    }
    bad = sum(part() for name, part in parts.items() if options.only in {"", name})
    bench_pages.say(f"load {os.getloadavg()[0]:.1f}, peak {_peak()} MB")
    return int(bad > 0)


def _company() -> Entity:
    import bench_pages
    from django.core.management import call_command
    from django.db import connection, transaction

    from concilia.customers.models import Customer
    from concilia.identity.models import Entity, Membership, User

    call_command("migrate", interactive=False, verbosity=0)
    known = Entity.objects.filter(code="bench").first()
    if known is not None:
        return known
    begun = time.perf_counter()
    with transaction.atomic():
        entity = Entity.objects.create(
            code="bench", name="Molino Aurora", legal_name="Molino Aurora S.r.l.", country="IT",
            currency="EUR", language="it", timezone="Europe/Rome",
        )  # fmt: skip
        roles = ["clerk"] * 20 + ["resolver"] * 9 + ["approver"] * 9 + ["admin"] * 2
        for n, role in enumerate(roles):
            user = User.objects.create(email=f"p{n}@bench.example", name=f"Person{n} Bench")
            Membership.objects.create(
                entity=entity, user=user, role=role, department=DEPARTMENTS[n % 4], level=1 + n % 5
            )
        Customer.objects.bulk_create(
            Customer(
                entity=entity, number=f"C-{n:06d}", name=f"Customer {n} GmbH", country="DE",
                language="de", currency="EUR", payment_days=30,
            )
            for n in range(CUSTOMERS)
        )  # fmt: skip
        values = {
            "entity": entity.pk,
            "customers": list(Customer.objects.filter(entity=entity).values_list("pk", flat=True)),
            "people": list(Membership.objects.filter(entity=entity).values_list("pk", flat=True)),
        }
        with connection.cursor() as cursor:
            # Lines are not what is measured: the trigger that adds them up is not asked.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in BUILD.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    bench_pages.say(f"built in {time.perf_counter() - begun:.0f} s")
    return entity


def _pages(entity: Entity, times: int) -> int:
    import bench_pages
    from django.urls import reverse

    from concilia.identity.models import Membership

    member = Membership.objects.filter(entity=entity, role="clerk").order_by("pk")[0]
    worst = 0.0
    for asked, role in PAGES:
        name, _mark, query = asked.partition("?")
        query = query.replace("MEMBER", str(member.pk))
        address = reverse(f"desk:{name}") + (f"?{query}" if query else "")
        client = bench_pages._client(role)
        answer = client.get(address)
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            client.get(address)
            taken.append((time.perf_counter() - begun) * 1000)
        ordered = sorted(taken)
        p95 = ordered[-(-95 * len(ordered) // 100) - 1]
        worst = max(worst, p95)
        bench_pages.say(
            f"{role:9} {address:44} {answer.status_code} {len(answer.content) // 1024:4} kB "
            f"best {ordered[0]:6.1f} p50 {ordered[len(ordered) // 2]:6.1f} p95 {p95:6.1f} ms"
        )
    bench_pages.say(f"slowest p95 {worst:.1f} ms, allowed below {bench_pages.P95_MS_MAX}")
    return int(worst >= bench_pages.P95_MS_MAX)


def _acts(entity: Entity) -> int:
    from datetime import UTC, datetime, timedelta

    from concilia.cases.actions import hand_over, hand_over_many, snooze_many, undo_hand_over
    from concilia.cases.models import Case
    from concilia.identity.models import Membership

    people = list(Membership.objects.filter(entity=entity, role="approver").order_by("pk")[:2])
    giver, to = people
    now = datetime.now(UTC)
    free = Case.objects.filter(entity=entity, closed_at=None).exclude(owner=to).order_by("pk")
    keys = list(free.values_list("pk", flat=True)[:10_000])
    for count in (1_000, 10_000):
        handed = _timed(
            f"hand over {count:6} cases", count,
            lambda count=count: hand_over_many(
                cases=keys[:count], to_id=to.pk, note="Bench", member=giver, at=now
            ),
        )  # fmt: skip
        _timed(
            f"take back {count:6} cases", count,
            lambda key=handed.pk: undo_hand_over(hand_over_id=key, member=giver, at=now),
        )  # fmt: skip
        until = now + timedelta(hours=1)
        _timed(
            f"let rest  {count:6} cases", count,
            lambda count=count, until=until: snooze_many(
                cases=keys[:count], until=until, reason="Bench", member=giver, at=now,
                past_deadline=True,
            ),
        )  # fmt: skip
        snooze_many(cases=keys[:count], until=None, reason="", member=giver, at=now)
    taken = []
    for key in keys[:40]:
        begun = time.perf_counter()
        hand_over(case_id=key, to_id=to.pk, text="", member=giver, at=now)
        taken.append((time.perf_counter() - begun) * 1000)
    import bench_pages

    bench_pages.say(
        f"one case handed over: p50 {sorted(taken)[20]:.1f}, p95 {sorted(taken)[37]:.1f} ms"
    )
    return 0


def _rounds(entity: Entity) -> int:
    from datetime import UTC, datetime

    from django.db import transaction

    from concilia.cases.actions import tell_watchers, watch
    from concilia.cases.models import Case
    from concilia.claims.actions import learn_odds
    from concilia.foundation import audit
    from concilia.foundation.audit import SYSTEM, Act
    from concilia.identity.models import Membership

    now = datetime.now(UTC)
    _timed("odds of all open claims", OPEN, lambda: learn_odds(entity_id=entity.pk, at=now))
    _timed("again, nothing new", OPEN, lambda: learn_odds(entity_id=entity.pk, at=now))
    member = Membership.objects.filter(entity=entity, role="clerk")[0]
    keys = list(
        Case.objects.filter(entity=entity, closed_at=None).values_list("pk", flat=True)[:ENTRIES]
    )
    watch(cases=keys[:WATCHES], member=member, at=now)
    tell_watchers(entity_id=entity.pk, at=now)
    with transaction.atomic():
        acts = [Act("case.noted", "case", key, {}) for key in keys]
        audit.log(entity_id=entity.pk, actor=SYSTEM, at=datetime.now(UTC), acts=acts)
    told = _timed(
        f"news of {ENTRIES} entries to who watches {WATCHES} cases", ENTRIES,
        lambda: tell_watchers(entity_id=entity.pk, at=datetime.now(UTC)),
    )  # fmt: skip
    assert told == WATCHES, told
    return 0


def _order() -> int:
    from datetime import UTC, datetime, timedelta

    from concilia.cases.core.worth import SHIPPED, in_order
    from concilia.claims.core.work import ClaimAsWork, as_work

    now = datetime.now(UTC)
    for count in (10_000, 100_000):
        claims = [
            ClaimAsWork(
                reference=f"CLM-{n}", state="INVESTIGATING", amount_minor=n * 7919 % 900_000,
                claimed_minor=900_000, valid_minor=None, odds_bp=n % 10_000,
                opened_at=now - timedelta(days=n % 30), due_at=now + timedelta(days=n % 15),
            )
            for n in range(count)
        ]  # fmt: skip
        _timed(
            f"order {count:6} cases in the core", count,
            lambda claims=claims: in_order(as_work(one, now, SHIPPED) for one in claims),
        )  # fmt: skip
    return 0


def _timed(what: str, count: int, act: Callable[[], Any]) -> Any:
    import bench_pages

    begun = time.perf_counter()
    result = act()
    took = time.perf_counter() - begun
    bench_pages.say(f"{what:52} {took:7.3f} s  {count / took:10.0f} a second  {_peak()} MB")
    return result


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
