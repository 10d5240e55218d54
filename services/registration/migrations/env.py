"""Migrates registration's database."""

from services.registration.adapters.tables import RegistrationTable
from shared.database import migrations

migrations.run(RegistrationTable.metadata)
