"""
What a what-if costs: past cases taken through a draft, with the database, in the worker's own act.

    python tests/bench/bench_what_if.py                    # 2,000 and 20,000 cases
    python tests/bench/bench_what_if.py --cases 5000

Says cases a second, the peak of memory, and the growth from a tenth to the whole. Ends with 1 when
20,000 cases take a minute or more, or the growth is more than 13.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

DATABASE = "bench_what_if"
SECONDS_MAX = 60.0
GROWTH_MAX = 13.0
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Build the cases where they are missing, measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[1])
    parser.add_argument("--cases", type=int, default=20_000)
    options = parser.parse_args()
    _database()
    taken = {n: _run(n) for n in (options.cases // 10, options.cases)}
    few, many = taken.values()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"growth from a tenth to the whole {many / few:.1f}, peak {peak} MB")
    return int(many >= SECONDS_MAX * options.cases / 20_000 or many / few > GROWTH_MAX)


def _database() -> None:
    import bench_pages
    import django
    from django.conf import settings

    from concilia.foundation import embedded_postgres

    bench_pages.DATABASE = DATABASE
    embedded_postgres.ensure()
    if not embedded_postgres.is_external():
        settings.DATABASES["default"]["NAME"] = DATABASE
    django.setup()
    from django.core.management import call_command

    bench_pages._create_database(fresh=False)
    call_command("migrate", interactive=False, verbosity=0)


def _run(n: int) -> float:
    from tests.world.builders import a_customer, a_member, an_entity
    from tests.world.past_cases import other_limits, past_cases

    from concilia.cases.actions import Tried, ask_what_if, run_what_if
    from concilia.cases.core.process.editing import Add, edit
    from concilia.cases.core.process.model import Kind
    from concilia.cases.queries.processes import shipped
    from concilia.identity.models import Entity, Membership

    code = f"whatif{n}"
    entity = Entity.objects.filter(code=code).first()
    if entity is None:
        entity = an_entity(code)
        member = a_member(entity, "Anna Berti", role="admin")
        begun = time.perf_counter()
        past_cases(entity, [a_customer(entity) for _ in range(50)], member, n, NOW)
        say(f"{n:,} cases built in {time.perf_counter() - begun:.0f} s")
    member = Membership.objects.filter(entity=entity, role="admin").get()
    reasons = ", ".join(("NC-01", "NC-02", "NC-05", "NC-08", "CO-01", "FI-01"))
    text = shipped()["shortage"].text.replace("for NC-01, NC-02, NC-31", f"for {reasons}")
    tried = Tried(
        since=(NOW - timedelta(days=120)).date(),
        until=NOW.date(),
        text=edit(text, Add(Kind.FORM, "", "propose")).text,
        limits=other_limits(50_000, 200_000, 200_000, None, None, None),
    )
    row = ask_what_if(tried=tried, member=member, at=NOW)
    begun, busy = time.perf_counter(), time.process_time()
    run_what_if(what_if_id=row.pk, at=NOW)
    seconds, own = time.perf_counter() - begun, time.process_time() - busy
    row.refresh_from_db()
    assert (row.state, row.done) == ("DONE", row.total), row.error
    say(
        f"{row.done:,} cases in {seconds:.1f} s ({row.done / seconds:,.0f} a second; "
        f"{own:.1f} s of this process's own time)"
    )
    return seconds


if __name__ == "__main__":
    sys.exit(main())
