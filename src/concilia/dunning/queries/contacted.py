"""Every contact about what is owed, whoever made it: what caps count (domain.md §4.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from concilia.dunning.core.contact.cases import PastContact
from concilia.dunning.core.contact.terms import Channel, Direction, Outcome

# People's calls, mails and letters are written down as contacts made; the automatic line and the
# gateways have rows of their own. Messages of runs are among the first, and counted there alone.
MADE: Final = """
SELECT customer_id, channel, direction, outcome, at
  FROM dunning_contactmade WHERE customer_id = ANY(%(customers)s) AND at >= %(since)s
"""
BY_MACHINES: Final = """
SELECT customer_id, 'IVR', direction,
       CASE WHEN identified_at IS NOT NULL THEN 'CONVERSATION'
            WHEN state = 'MACHINE' THEN 'MESSAGE_LEFT'
            WHEN state = 'FAILED' THEN 'NOT_CONNECTED' ELSE 'NO_ANSWER' END, began_at
  FROM dunning_call
 WHERE customer_id = ANY(%(customers)s) AND began_at >= %(since)s AND state <> 'WITHHELD'
   AND NOT is_test AND id <> %(but_not)s
UNION ALL
SELECT customer_id, upper(channel), 'OUT', 'SENT', written_at
  FROM correspondence_message
 WHERE customer_id = ANY(%(customers)s) AND written_at >= %(since)s AND lane = 'out'
   AND channel IN ('sms', 'whatsapp') AND allowed_by <> '' AND state <> 'WITHHELD'
   AND left(key, 6) <> 'touch:'
"""
CONTACTED: Final = f"{MADE} UNION ALL {BY_MACHINES}"
IN_TURN: Final = f"SELECT * FROM ({CONTACTED}) made ORDER BY customer_id, at"  # noqa: S608
# Of a day where the company is: like cases are decided once.
BY_DAY: Final = f"""
SELECT customer_id, channel, direction, outcome, (at AT TIME ZONE %(zone)s)::date AS on_date
  FROM ({CONTACTED}) made ORDER BY customer_id, at
"""  # noqa: S608
NO_CALL: Final = 0


def past_contacts(
    *, customers: Sequence[int], since: datetime, but_not: int = NO_CALL
) -> Mapping[int, tuple[PastContact, ...]]:
    """
    Every contact with these customers by whatever channel, the oldest first; one statement.

    :param but_not: a call that is no past contact, for it is the one that is asked about
    """
    found: dict[int, list[PastContact]] = defaultdict(list)
    asked: dict[str, Any] = {"customers": list(customers), "since": since, "but_not": but_not}
    with connection.cursor() as cursor:
        cursor.execute(IN_TURN, asked)
        for customer_id, channel, direction, outcome, at in cursor.fetchall():
            found[customer_id].append(
                PastContact(at, Channel(channel), Direction(direction), Outcome(outcome))
            )
    return {key: tuple(rows) for key, rows in found.items()}
