"""Formulas over plain values. Pure Python."""
