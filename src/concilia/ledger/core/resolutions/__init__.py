"""
The entry of each resolution of domain.md §7.2, as pure builders: values in, one balanced entry out.

| row | builder |
|---|---|
| A1, A11, A14, A15, A16 | `payments.payment_applied` with its differences |
| A2 | `credits.credit_note` |
| A3 | `credits.credit_note` and `credits.stock_returned` |
| A4 | `credits.promotion_credit_note` |
| A5 | `writeoffs.offset_against_payable` |
| A6, A7 | `writeoffs.written_off` |
| A8 | `writeoffs.penalty_accepted` |
| A9 | `credits.carrier_held_liable` |
| A10 | `writeoffs.collected_back` |
| A12 | `credits.partly_approved` |
| A13 | `credits.rebilled` |
| A17 | `debts.interest_invoiced` |
| A18 | `debts.settled` |
| A19 | `debts.allowance_adjusted` |
| A20 | `debts.debt_written_off` |
| A21 | `debts.recovered` |
| A22 | `debts.remitted_by_agency` |
| any | `concilia.ledger.core.entries.reverse` |
"""
