"""The entrance for programs: REST under /api/v1, signed webhooks, health and metrics."""
