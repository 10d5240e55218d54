"""Databases and roles of the embedded stack."""

import asyncpg

from kaozheng.embedded import databases
from kaozheng.launcher.secrets import Secrets


async def provision(superuser_url: str, services: tuple[str, ...], secrets: Secrets) -> None:
    """Make each service's database with its two roles, and keep every role out of every other database."""
    admin = await asyncpg.connect(superuser_url)
    try:
        await databases.close_system_databases(admin)
        for service in services:
            owner, app = databases.owner_role(service), databases.app_role(service)
            await databases.ensure_role(admin, owner, secrets.owner_passwords[service])
            await databases.ensure_role(admin, app, secrets.app_passwords[service])
            await databases.ensure_database(admin, f"kz_{service}", owner=owner, members=(app,))
    finally:
        await admin.close()
