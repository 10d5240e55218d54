"""What each service's HTTP API gets: tokens, problems, bulk replies, pages, idempotent answers, health."""
