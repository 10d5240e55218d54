"""What the deployment tests look at: the compose file, the Kubernetes objects, the names that settings know."""

import importlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.settings import PlatformSettings
from tests.architecture.tree import ROOT

KUBERNETES = ROOT / "deploy" / "k8s"
PREFIX = "KAOZHENG_"

Object = dict[str, Any]


def settings_of(service: str) -> Any:
    """Return the settings class of a service."""
    return importlib.import_module(f"services.{service}.settings").Settings


def known_names(service: str) -> set[str]:
    """Return the environment variables that a service reads."""
    own = {f"{PREFIX}{service}_{name}".upper() for name in settings_of(service).model_fields}
    return own | {f"{PREFIX}{name}".upper() for name in PlatformSettings.model_fields}


def compose() -> Object:
    """Return the compose file as it is written, anchors resolved."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def contract() -> list[Object]:
    """Return what the secret contract promises."""
    return yaml.safe_load((KUBERNETES / "secret-contract.yaml").read_text("utf-8"))["secrets"]


def template() -> list[Object]:
    """Return the raw objects of the template that all services share."""
    return _objects(KUBERNETES / "base" / "_service")


def policies() -> list[Object]:
    """Return the raw network policies."""
    return _objects(KUBERNETES / "base" / "network")


def _objects(folder: Path) -> list[Object]:
    files = sorted(path for path in folder.glob("*.yaml") if path.name != "kustomization.yaml")
    return [found for path in files for found in yaml.safe_load_all(path.read_text("utf-8"))]


def rendered(path: str) -> list[Object]:
    """Return the objects of a kustomization; skip the test where kubectl is not installed."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed: only the raw objects are checked")
    command = [kubectl, "kustomize", str(KUBERNETES / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


def kustomization(service: str) -> Object:
    """Return the raw kustomization of a service."""
    return yaml.safe_load((KUBERNETES / "base" / "services" / service / "kustomization.yaml").read_text("utf-8"))


def literals(source: Object) -> dict[str, str]:
    """Return the values that a kustomization puts into its one ConfigMap."""
    [generator] = source["configMapGenerator"]
    return dict(literal.split("=", 1) for literal in generator["literals"])


def workloads(objects: list[Object]) -> Iterator[tuple[Object, Object]]:
    """Yield each Deployment and Job with the specification of its pods."""
    for found in objects:
        if found["kind"] in {"Deployment", "Job"}:
            yield found, found["spec"]["template"]["spec"]


def read_env(path: Path) -> dict[str, str]:
    """Read a file of NAME=value lines, as compose does for values without quotes around them."""
    return dict(line.split("=", 1) for line in path.read_text("utf-8").splitlines())
