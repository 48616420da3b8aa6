"""Cases: owner, deadline, thread, steps and approvals, shared by claims and collections."""
