from __future__ import annotations

from concilia.identity.actions.company import (
    NewPerson,
    Seating,
    SettingsRefused,
    add_member,
    change_erp,
    change_member,
)
from concilia.identity.actions.delegating import (
    DelegationRefused,
    Leaving,
    leave_signature,
    take_signature_back,
)
from concilia.identity.actions.founding import CUSTOMS, CodeRefused, NewCompany, found_company
from concilia.identity.actions.tokens import (
    OUTSIDE,
    SCOPES,
    SIGN,
    TokenRefused,
    issue_token,
    member_of_token,
    revoke_token,
)
from concilia.identity.actions.webhooks import (
    Fact,
    WebhookRefused,
    add_webhook,
    announce,
    change_webhook,
    forget_old_deliveries,
    give_up_delivery,
    ping_webhook,
    record_attempt,
    redeliver,
    take_up_due,
)

__all__ = [
    "CUSTOMS",
    "OUTSIDE",
    "SCOPES",
    "SIGN",
    "CodeRefused",
    "DelegationRefused",
    "Fact",
    "Leaving",
    "NewCompany",
    "NewPerson",
    "Seating",
    "SettingsRefused",
    "TokenRefused",
    "WebhookRefused",
    "add_member",
    "add_webhook",
    "announce",
    "change_erp",
    "change_member",
    "change_webhook",
    "forget_old_deliveries",
    "found_company",
    "give_up_delivery",
    "issue_token",
    "leave_signature",
    "member_of_token",
    "ping_webhook",
    "record_attempt",
    "redeliver",
    "revoke_token",
    "take_signature_back",
    "take_up_due",
]
