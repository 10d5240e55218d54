"""Exam: plans, sites, seats, tickets, check-in, works and absences, for exam officers and the staff at the sites."""
