"""The Kubernetes tree says what the services need, object by object and between objects."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import SERVICES
from tests.deploy.pod_rules import POD_RULES
from tests.deploy.sources import (
    PREFIX,
    Object,
    contract,
    known_names,
    kustomization,
    literals,
    policies,
    read_env,
    rendered,
    settings_of,
    template,
)
from tests.deploy.tree_rules import TREE_RULES, values_of

RULES = POD_RULES | TREE_RULES
TREES = ("base", "overlays/production")


@pytest.fixture(scope="module")
def production() -> list[Object]:
    return rendered("overlays/production")


@pytest.mark.parametrize("rule", POD_RULES)
def test_the_template_keeps(rule: str):
    assert list(POD_RULES[rule](template())) == []


@pytest.mark.parametrize("path", TREES)
def test_a_rendered_tree_keeps_every_rule(path: str):
    objects = rendered(path)
    assert {name: found for name, rule in RULES.items() if (found := list(rule(objects)))} == {}


def test_a_rendered_tree_has_every_part(production: list[Object]):
    kinds = [found["kind"] for found in production]
    assert {kind: kinds.count(kind) for kind in ("Deployment", "Job", "Service", "HorizontalPodAutoscaler")} == {
        "Deployment": 10,
        "Job": 5,
        "Service": 5,
        "HorizontalPodAutoscaler": 5,
    }
    [namespace] = [found for found in production if found["kind"] == "Namespace"]
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert {found["metadata"].get("namespace", "kaozheng") for found in production} == {"kaozheng"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_configures_what_it_reads(service: str):
    assert set(literals(kustomization(service))) <= known_names(service)


@pytest.mark.parametrize("service", SERVICES)
def test_the_settings_accept_what_the_cluster_gives(
    production: list[Object], service: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
):
    """With secrets of the same names as on a single host."""
    secret = read_env(secrets / "platform.env") | read_env(secrets / f"{service}.env")
    for key, value in (values_of(production, find(production, "Deployment", f"{service}-api")) | secret).items():
        monkeypatch.setenv(key, value)
    settings = settings_of(service)()
    assert settings.environment == "production"
    assert (settings.host, settings.port, settings.worker_port) == ("0.0.0.0", 8080, 8081)
    assert [issuer.issuer for issuer in settings.auth_issuers] == ["kaozheng-staff", "kaozheng-registration"]


def test_the_contract_promises_what_the_services_read():
    for secret in contract():
        assert secret["rotation"], secret["name"]
        for service in secret["consumers"]:
            names = {key for key in secret["keys"] if key.startswith(PREFIX)}
            assert names <= known_names(service), secret["name"]


def test_policies_live_outside_the_labelled_template():
    assert not any(found["kind"] == "NetworkPolicy" for found in template())
    assert {found["kind"] for found in policies()} == {"NetworkPolicy"}


# --- trees that are wrong, each in one way ---


def find(objects: list[Object], kind: str, name: str) -> Any:
    """Return one object."""
    [found] = [found for found in objects if (found["kind"], found["metadata"]["name"]) == (kind, name)]
    return found


def pod(objects: list[Object], name: str = "exam-api", kind: str = "Deployment") -> Any:
    """Return the specification of a workload's pods."""
    return find(objects, kind, name)["spec"]["template"]["spec"]


def container(objects: list[Object], name: str = "exam-api", kind: str = "Deployment") -> Any:
    """Return the container of a workload."""
    return pod(objects, name, kind)["containers"][0]


def misspell_a_probe(objects: list[Object]) -> None:
    container(objects)["readynessProbe"] = container(objects).pop("readinessProbe")


def probe_the_database_for_life(objects: list[Object]) -> None:
    container(objects)["livenessProbe"]["httpGet"]["path"] = "/health/ready"


def run_as_root(objects: list[Object]) -> None:
    pod(objects)["securityContext"]["runAsNonRoot"] = False


def write_to_the_image(objects: list[Object]) -> None:
    container(objects, "exam-migrate", "Job")["securityContext"]["readOnlyRootFilesystem"] = False


def forget_the_memory_limit(objects: list[Object]) -> None:
    del container(objects)["resources"]["limits"]


def hurry_the_shutdown(objects: list[Object]) -> None:
    pod(objects, "exam-worker")["terminationGracePeriodSeconds"] = 30


def serve_in_the_worker(objects: list[Object]) -> None:
    container(objects, "exam-worker")["args"] = ["all"]


def serve_with_the_owners_password(objects: list[Object]) -> None:
    container(objects)["envFrom"].append({"secretRef": {"name": "exam-db-owner"}})


def select_strangers(objects: list[Object]) -> None:
    find(objects, "Deployment", "exam-api")["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] = "grading"


def serve_everybodys_pods(objects: list[Object]) -> None:
    del find(objects, "Service", "exam-api")["spec"]["selector"]["app.kubernetes.io/name"]


def protect_nobody(objects: list[Object]) -> None:
    selector = find(objects, "PodDisruptionBudget", "exam-worker")["spec"]["selector"]["matchLabels"]
    selector["app.kubernetes.io/component"] = "consumer"


def lose_a_configuration(objects: list[Object]) -> None:
    objects.remove(next(found for found in objects if found["kind"] == "ConfigMap"))


def borrow_a_secret(objects: list[Object]) -> None:
    container(objects)["envFrom"][3]["secretRef"]["name"] = "grading-db-app"


def follow_latest(objects: list[Object]) -> None:
    container(objects)["image"] = "kaozheng/exam:latest"


def run_another_service(objects: list[Object]) -> None:
    container(objects)["image"] = "kaozheng/grading:0.1.0"


def set_a_size_beside_the_autoscaler(objects: list[Object]) -> None:
    find(objects, "Deployment", "exam-api")["spec"]["replicas"] = 2


def scale_nothing(objects: list[Object]) -> None:
    find(objects, "HorizontalPodAutoscaler", "exam-api")["spec"]["scaleTargetRef"]["name"] = "exam"


def misspell_a_setting(objects: list[Object]) -> None:
    platform = next(found for found in objects if "KAOZHENG_ENVIRONMENT" in found.get("data", {}))
    platform["data"]["KAOZHENG_KAFKA_SERVERS"] = platform["data"].pop("KAOZHENG_KAFKA_BOOTSTRAP_SERVERS")


def listen_elsewhere(objects: list[Object]) -> None:
    container(objects)["ports"][0]["containerPort"] = 8000


def mount_no_signing_key(objects: list[Object]) -> None:
    certificate = pod(objects, "certificate-worker")
    certificate["volumes"] = [one for one in certificate["volumes"] if one["name"] != "signing-key"]
    mounts = certificate["containers"][0]["volumeMounts"]
    certificate["containers"][0]["volumeMounts"] = [one for one in mounts if one["name"] != "signing-key"]


def label_the_peers(objects: list[Object]) -> None:
    """What `includeSelectors` does to a policy below it."""
    dns = find(objects, "NetworkPolicy", "platform")["spec"]["egress"][0]["to"][0]
    dns["podSelector"]["matchLabels"]["app.kubernetes.io/name"] = "exam"


def let_everybody_in(objects: list[Object]) -> None:
    find(objects, "NetworkPolicy", "exam")["spec"]["ingress"][0]["from"] = []


def cut_off_the_broker(objects: list[Object]) -> None:
    del find(objects, "NetworkPolicy", "platform")["spec"]["egress"][1]


def deny_nothing(objects: list[Object]) -> None:
    objects.remove(find(objects, "NetworkPolicy", "default-deny"))


MUTATIONS: list[tuple[Callable[[list[Object]], None], str]] = [
    (misspell_a_probe, "probes"),
    (probe_the_database_for_life, "probes"),
    (run_as_root, "hardening"),
    (write_to_the_image, "hardening"),
    (forget_the_memory_limit, "resources"),
    (hurry_the_shutdown, "shutdown"),
    (serve_in_the_worker, "modes"),
    (serve_with_the_owners_password, "modes"),
    (select_strangers, "selectors"),
    (serve_everybodys_pods, "selectors"),
    (protect_nobody, "selectors"),
    (lose_a_configuration, "references"),
    (borrow_a_secret, "secrets"),
    (follow_latest, "images"),
    (run_another_service, "images"),
    (set_a_size_beside_the_autoscaler, "autoscalers"),
    (scale_nothing, "autoscalers"),
    (misspell_a_setting, "environment"),
    (listen_elsewhere, "environment"),
    (mount_no_signing_key, "files"),
    (label_the_peers, "peers"),
    (let_everybody_in, "peers"),
    (cut_off_the_broker, "reach"),
    (deny_nothing, "reach"),
]


@pytest.mark.parametrize(("mutate", "rule"), MUTATIONS, ids=[mutate.__name__ for mutate, _ in MUTATIONS])
def test_a_wrong_tree_is_noticed(production: list[Object], mutate: Callable[[list[Object]], None], rule: str):
    wrong = copy.deepcopy(production)
    mutate(wrong)
    assert list(RULES[rule](wrong)) != []


TEMPLATE_MUTATIONS = [mutate for mutate, rule in MUTATIONS if rule in POD_RULES]


@pytest.mark.parametrize("mutate", TEMPLATE_MUTATIONS, ids=[mutate.__name__ for mutate in TEMPLATE_MUTATIONS])
def test_a_wrong_template_is_noticed(mutate: Callable[[list[Object]], None]):
    """The same without kubectl, on the raw objects."""
    wrong = template()
    for found in wrong:
        found["metadata"]["name"] = f"exam-{found['metadata']['name']}"
    mutate(wrong)
    assert list(POD_RULES[dict(MUTATIONS)[mutate]](wrong)) != []
