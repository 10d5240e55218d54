"""Hands this service's tables to the migration runner."""

from services.certificate.adapters.tables import CertificateTable
from shared.database import migrations

migrations.run(CertificateTable.metadata)
