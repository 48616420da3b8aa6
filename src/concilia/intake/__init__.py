"""Intake: what arrived, stored exactly as it arrived, once."""
