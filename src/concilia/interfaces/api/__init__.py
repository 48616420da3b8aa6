"""REST: everything the desk can do, for programs. OpenAPI at /api/v1/openapi.json."""
