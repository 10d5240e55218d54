"""The environment that each service is started with; what the operator has set himself always wins."""

import json

from kaozheng.embedded import environment
from kaozheng.embedded.databases import app_role, owner_role
from kaozheng.embedded.ports import LOOPBACK
from kaozheng.launcher.secrets import AUDIENCE, REGISTRATION_ISSUER, STAFF_ISSUER, SecretStore
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

#: Marks every process that a stack has started, so that none is lost when the launcher is killed.
MARK = "KAOZHENG_STACK"


def service_url(ports: dict[str, int], service: str) -> str:
    """Return the base URL of a service."""
    return f"http://{LOOPBACK}:{ports[service]}"


class Environments:
    """Makes the environment of one service from the stack's settings, ports and secrets."""

    def __init__(self, state: State, settings: LauncherSettings, ports: dict[str, int]) -> None:
        self._state = state
        self._settings = settings
        self._ports = ports
        self._told = ports | settings.advertised_ports
        self._store = SecretStore(state.secrets)
        self._secrets = self._store.load()

    def of(self, service: str) -> dict[str, str]:
        """Return the whole environment of a service."""
        ours = self._platform() | self._own(service)
        return environment.inherited() | ours | environment.configured() | {MARK: str(self._state.folder)}

    def _platform(self) -> dict[str, str]:
        secrets = self._secrets
        values = {
            "ENVIRONMENT": self._settings.environment,
            "OTLP_TOKEN": secrets.otlp_token,
            "AUTH_ISSUERS": json.dumps(self._issuers()),
            "SEALING_KEYS": json.dumps(secrets.sealing_keys),
            "SEALING_ACTIVE": secrets.sealing_active,
            "INDEX_KEY": secrets.index_key,
            "STANDARDS_DIR": str(self._state.standards),
        }
        if self._settings.environment != "production":
            values["CLOCK_FILE"] = str(self._state.clock_file)
        if "operations" in self._ports:
            values["OTLP_ENDPOINT"] = service_url(self._ports, "operations")
        if "certificate" in self._ports:
            values["PUBLIC_URL"] = service_url(self._ports, "certificate")
        if self._settings.broker_nodes:
            values["KAFKA_BOOTSTRAP_SERVERS"] = ",".join(
                f"{LOOPBACK}:{self._told[name]}" for name in self._settings.broker_nodes
            )
            values["KAFKA_REPLICATION"] = str(min(3, len(self._settings.broker_nodes)))
        if "broker" in self._ports:
            # Tansu knows no idempotent producers, and lets a new group wait for half its session timeout.
            values["KAFKA_IDEMPOTENCE"] = "false"
            values |= {"MESSAGING_SESSION_TIMEOUT": "6", "MESSAGING_HEARTBEAT": "2"}
        return {f"{environment.PREFIX}{name}": value for name, value in values.items()}

    def _issuers(self) -> list[dict[str, str]]:
        staff = {"issuer": STAFF_ISSUER, "jwks": str(self._store.jwks_file("staff")), "audience": AUDIENCE}
        schools = {
            "issuer": REGISTRATION_ISSUER,
            "jwks": str(self._store.jwks_file("registration")),
            "audience": AUDIENCE,
        }
        return [staff, schools]

    def _own(self, service: str) -> dict[str, str]:
        values = {"PORT": str(self._ports[service])}
        if f"{service}-worker" in self._ports:
            values["WORKER_PORT"] = str(self._ports[f"{service}-worker"])
        if service in self._settings.embedded_services:
            owner, app = self._secrets.owner_passwords[service], self._secrets.app_passwords[service]
            values["DATABASE_URL"] = self._database(service, app_role(service), app)
            values["DATABASE_OWNER_URL"] = self._database(service, owner_role(service), owner)
        if service in SIGNING_SERVICES:
            values["SIGNING_KEY_FILE"] = str(self._store.key_file(service))
        return {f"{environment.PREFIX}{service.upper()}_{name}": value for name, value in values.items()}

    def _database(self, service: str, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self._told['postgres']}/kz_{service}"


#: Services that sign something with a key of their own.
SIGNING_SERVICES = ("registration", "certificate")
