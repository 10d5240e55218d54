"""What every service needs and none owns: events, messaging, database, web, telemetry, standards."""
