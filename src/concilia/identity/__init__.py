"""Identity: who works here, for which entity, with which role and which limit."""
