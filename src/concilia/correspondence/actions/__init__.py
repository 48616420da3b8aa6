from __future__ import annotations

from concilia.correspondence.actions.bounces import record_bounce
from concilia.correspondence.actions.sending import (
    Outgoing,
    queue_message,
    record_failed,
    record_sent,
)

__all__ = ["Outgoing", "queue_message", "record_bounce", "record_failed", "record_sent"]
