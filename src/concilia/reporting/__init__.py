"""Reporting: figures with their formula and the rows behind them. It reads and never writes."""
