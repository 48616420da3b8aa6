"""A second, independent source of ledgers with known truth, to judge the matching engine by."""
