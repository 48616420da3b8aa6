"""The evaluation set: documents with what is right about them. Frozen; never trained or tuned on."""
