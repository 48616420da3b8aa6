"""The arithmetic of late payment and of agreements about it. Pure Python."""
