"""Plumbing that knows Django but no domain word: events, jobs, files, plugins, audit log."""
