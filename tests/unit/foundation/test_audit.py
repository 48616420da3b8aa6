"""The digest of a log entry is that of its canonical JSON, whatever stands in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from concilia.foundation.audit import hash_of
from concilia.foundation.models import AuditEntry
from concilia.kernel.hashing import canonical_json, sha256_of

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
TEXTS = st.text(max_size=20)
DATA = st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers() | TEXTS, max_size=4)


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES),  # noqa: DTZ001
    actor=st.tuples(TEXTS, st.none() | st.integers(1), TEXTS),
    said=st.tuples(TEXTS, TEXTS),
    subject=st.tuples(TEXTS, st.integers()),
    data=DATA,
    seq=st.integers(1),
)
def test_it_is_the_digest_of_the_canonical_json(at, actor, said, subject, data, seq):
    act, reason = said
    previous = sha256_of("the one before")
    entry = AuditEntry(
        entity_id=7,
        seq=seq,
        at=at,
        actor_kind=actor[0],
        actor_id=actor[1],
        actor_name=actor[2],
        act=act,
        subject_type=subject[0],
        subject_id=subject[1],
        data=data,
        reason=reason,
        previous_hash=previous,
    )

    assert hash_of(entry) == sha256_of(
        {
            "entity": 7,
            "seq": seq,
            "at": at.astimezone(UTC).isoformat(),
            "actor": list(actor),
            "act": act,
            "subject": list(subject),
            "data": canonical_json(data),
            "reason": reason,
            "previous": previous,
        }
    )
