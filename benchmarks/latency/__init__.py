"""How long an event takes to have its effect at a steady rate."""
