"""The evaluation set: documents and what is right about them. Frozen; nothing is tuned on it."""
