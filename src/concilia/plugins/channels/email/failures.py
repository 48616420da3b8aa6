"""
What a mail server's refusal means: come back later, or never with this message.

Codes of RFC 5321 §4.2.3: 4xx may pass, 5xx will not. Refusals that are about our log-in or about
the server's room are mended by a person while the message waits, so they count as passing.
"""

from __future__ import annotations

import smtplib
from typing import Final

from concilia.correspondence.ports import DeliveryFailed

# BadHeaderError and addresses that cannot be encoded are ValueErrors.
FAILURES: Final = (smtplib.SMTPException, OSError, ValueError)
PERMANENT_FROM: Final = 500
PASSING: Final = frozenset({530, 534, 535, 538, 552})  # log-in, encryption, no room
BAD_ADDRESS: Final = frozenset({550, 551, 553, 556})
SENTENCE_CHARS_MAX: Final = 300


def failure_of(error: Exception) -> DeliveryFailed:
    """This will be the refusal in our words, and whether waiting can help."""
    if isinstance(error, smtplib.SMTPRecipientsRefused) and error.recipients:
        code, reply = next(iter(error.recipients.values()))
        return _refused(code, reply, is_about_recipient=True)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _refused(error.smtp_code, error.smtp_error, is_about_recipient=False)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return DeliveryFailed(
            f"The mail server refused our log-in: {_said(error.smtp_error)}", permanent=False
        )
    if isinstance(error, smtplib.SMTPException | OSError):
        reason = _said(error) or type(error).__name__
        return DeliveryFailed(f"The mail server cannot be used: {reason}", permanent=False)
    return DeliveryFailed(f"This cannot be sent as e-mail: {_said(error)}", permanent=True)


def _refused(code: int, reply: bytes | str, *, is_about_recipient: bool) -> DeliveryFailed:
    permanent = code >= PERMANENT_FROM and code not in PASSING
    who = "this address" if is_about_recipient else "the message"
    return DeliveryFailed(
        f"The mail server did not take {who}: {code} {_said(reply)}".rstrip(),
        permanent=permanent,
        bad_address=permanent and is_about_recipient and code in BAD_ADDRESS,
    )


def _said(reply: object) -> str:
    """A server's words on one line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return " ".join(text.split())[:SENTENCE_CHARS_MAX]
