"""What operations does: takes spans in, answers questions about them, lets old ones go."""
