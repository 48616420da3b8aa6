"""Who works at Molino Aurora, what they may sign, and who answers for which reason."""

from __future__ import annotations

from concilia.interfaces.cli.company.shapes import StaffMember

DOMAIN = "molinoaurora.example"
CLAIMS_BOX = f"reclami@{DOMAIN}"
CREDIT_BOX = f"crediti@{DOMAIN}"

STAFF = (
    StaffMember(f"giulia.ferri@{DOMAIN}", "Giulia Ferri", "it", "CRD", "clerk", 1),
    StaffMember(f"luc.moreau@{DOMAIN}", "Luc Moreau", "fr", "ACC", "clerk", 1),
    StaffMember(f"marco.bellini@{DOMAIN}", "Marco Bellini", "it", "LOG", "resolver", 1),
    StaffMember(f"elena.fontana@{DOMAIN}", "Elena Fontana", "it", "QUA", "resolver", 1),
    StaffMember(f"ines.carmona@{DOMAIN}", "Inés Carmona", "es", "TRM", "resolver", 2),
    StaffMember(f"anna.weiss@{DOMAIN}", "Anna Weiss", "de", "SAL", "resolver", 1),
    StaffMember(f"marta.conti@{DOMAIN}", "Marta Conti", "it", "CRD", "approver", 2),
    StaffMember(f"davide.rossi@{DOMAIN}", "Davide Rossi", "it", "CRD", "approver", 4),
    StaffMember(f"laura.bassi@{DOMAIN}", "Laura Bassi", "en", "CRD", "approver", 5),
    StaffMember(f"sara.costa@{DOMAIN}", "Sara Costa", "it", "ACC", "admin", 1),
)
BY_FIRST_NAME = {member.email.partition(".")[0]: member.email for member in STAFF}
RESOLVERS = {
    "ACC": "luc",
    "CRD": "giulia",
    "LOG": "marco",
    "QUA": "elena",
    "SAL": "anna",
    "TAX": "luc",
    "TRM": "ines",
}
CLERKS = {"it": "giulia", "de": "giulia", "fr": "luc", "es": "luc", "en": "luc"}
OWNERS = {
    "CO-01": "TRM", "CO-03": "TRM", "CO-05": "SAL",
    "NC-01": "LOG", "NC-02": "LOG", "NC-03": "LOG", "NC-05": "LOG", "NC-06": "QUA", "NC-07": "LOG",
    "NC-08": "ACC", "NC-09": "ACC", "NC-11": "LOG", "NC-12": "LOG", "NC-14": "LOG", "NC-17": "ACC",
    "NC-20": "TAX", "NC-21": "ACC", "NC-23": "ACC", "NC-25": "LOG", "NC-26": "ACC", "NC-28": "CRD",
    "FI-02": "CRD", "FI-08": "CRD", "FI-16": "CRD",
}  # fmt: skip
SLA_DAYS = {
    "CO-01": 10, "CO-03": 15, "CO-05": 15, "NC-01": 8, "NC-02": 10, "NC-03": 8, "NC-05": 10,
    "NC-06": 15, "NC-07": 8, "NC-08": 5, "NC-09": 5, "NC-11": 10, "NC-12": 10, "NC-14": 10,
    "NC-17": 3, "NC-20": 5, "NC-21": 5, "NC-23": 5, "NC-25": 3, "NC-26": 2, "NC-28": 3, "FI-02": 5,
    "FI-08": 3, "FI-16": 5,
}  # fmt: skip
LIMITS = (("marta", 2, 250_000), ("davide", 4, 5_000_000), ("laura", 5, 50_000_000))
REFUSAL_LIMITS = (("marta", 2, 1_000_000), ("davide", 4, 10**12))


def approvers(cents: int, *, is_refusal: bool = False) -> list[tuple[str, int]]:
    """Give who signs for an amount, first name and level, in order (domain.md §8.1)."""
    chain = []
    for who, level, limit in REFUSAL_LIMITS if is_refusal else LIMITS:
        chain.append((who, level))
        if cents <= limit:
            break
    return chain
