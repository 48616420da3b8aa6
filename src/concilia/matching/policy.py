"""What is tolerated and what is posted without a person, as one value (domain.md §6.3, §6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """
    The defaults an entity may change. Amounts are minor units of a currency with two decimals.

    :param small_difference_minor, small_difference_bp: a difference is small if it is within both
    :param small_difference_month_minor: what one customer may keep in small differences in a month
    :param bank_charge_minor, bank_charge_bp: the most banks take out of a payment from abroad,
        unless the payer says that they did
    :param discount_grace_days: days after the discount date on which it still counts as earned
    :param part_payment_bp: who keeps more than this share and gives no reason pays in parts; who
        keeps less has made a deduction
    :param overpayment_bp: who pays more than this share too much is asked, not guessed
    :param name_similarity: how alike a fuzzy payer name must be, in percent (rule M11)
    :param coincidence_max: a combination is posted only if fewer than this many would have hit the
        amount by chance
    :param post_subsets, post_statements: whether rules M8 and M9 post ("option" in domain.md §6.3)
    :param habit_confirmations_min, habit_probability_bp: when a learned habit (M12) may post
    :param habit_late_days: how long after its date a discount may still be a habit
    :param subset_work_max: budget of one search for combinations, in bits of work. It is counted,
        not timed, so that the same input gives the same answer on a slow machine; on the slowest
        machine we know it is well under the 200 ms of domain.md §6.4
    :param remittance_days: how far a remittance's date may be from the payment's
    :param country: where we bank; a payer's IBAN of another country makes a payment cross-border.
        Empty: the country of most customers' IBANs
    :param reason_codes: customers' own deduction codes to canonical reasons
    """

    small_difference_minor: int = 100
    small_difference_bp: int = 50
    small_difference_month_minor: int = 1_000
    bank_charge_minor: int = 1_500
    bank_charge_bp: int = 1_000
    discount_grace_days: int = 0
    part_payment_bp: int = 3_500
    overpayment_bp: int = 5_000
    name_similarity: int = 92
    coincidence_max: Decimal = Decimal("0.001")
    post_subsets: bool = True
    post_statements: bool = True
    habit_confirmations_min: int = 50
    habit_probability_bp: int = 9_800
    habit_late_days: int = 30
    subset_work_max: int = 400_000_000
    remittance_days: int = 7
    country: str = ""
    reason_codes: Mapping[str, str] = field(default_factory=dict)


DEFAULT = Policy()
