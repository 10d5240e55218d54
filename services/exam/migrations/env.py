"""Migrates exam's database."""

from services.exam.adapters.tables import ExamTable
from shared.database import migrations

migrations.run(ExamTable.metadata)
