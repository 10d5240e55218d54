"""Hands grading's tables to the shared migration runner."""

from services.grading.adapters.tables import GradingTable
from shared.database import migrations

migrations.run(GradingTable.metadata)
