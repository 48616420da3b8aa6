"""Cash: which payment settled what, what was undone, and the deductions born of short payments."""
