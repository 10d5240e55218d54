"""Hands this service's tables to the runner of migrations."""

from services.operations.adapters.tables import OperationsTable
from shared.database import migrations

migrations.run(OperationsTable.metadata)
