"""How grading is reached: its HTTP routes and its subscriptions."""
