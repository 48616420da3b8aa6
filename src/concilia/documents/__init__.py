"""Documents: what a file says, where it says it, and how sure we are."""
