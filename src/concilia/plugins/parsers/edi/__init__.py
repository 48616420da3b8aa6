"""
Electronic data interchange: X12 (`x12/`) and UN/EDIFACT (`edifact/`).

What both share stands here: segments, their rendering in words, and the draft of a stated paper.
"""
