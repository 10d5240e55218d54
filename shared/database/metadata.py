"""Each service has its own metadata: all SQLModel tables would otherwise share one."""

from sqlalchemy import MetaData
from sqlalchemy.orm import registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def service_registry() -> registry:
    """Return a registry for one service: `class RegistrationTable(SQLModel, registry=service_registry()): ...`."""
    return registry(metadata=MetaData(naming_convention=NAMES))
