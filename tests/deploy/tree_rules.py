"""What must hold between objects; needs the rendered tree."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.architecture.tree import SERVICES
from tests.deploy.pod_rules import name_of
from tests.deploy.sources import PREFIX, Object, contract, known_names, workloads

_NAME = "app.kubernetes.io/name"
_FEWEST_PODS = 2
_FILE = re.compile(r"/etc/kaozheng/[\w./-]+")

#: Peers that are not ours: (labels of the namespace, labels of the pods).
_FOREIGN = {
    "dns": ({"kubernetes.io/metadata.name": "kube-system"}, {"k8s-app": "kube-dns"}),
    "kafka": ({"kubernetes.io/metadata.name": "kafka"}, {"strimzi.io/kind": "Kafka"}),
    "database": ({"kubernetes.io/metadata.name": "database"}, {"cnpg.io/cluster": "kaozheng"}),
    "ingress": ({"kubernetes.io/metadata.name": "ingress"}, {}),
}
_EGRESS = {("dns", 53), ("kafka", 9092), ("database", 5432), ("operations", 8080), ("registration", 8080)}


def _of(objects: list[Object], kind: str) -> list[Object]:
    return [found for found in objects if found["kind"] == kind]


def _pods(objects: list[Object]) -> list[dict[str, str]]:
    return [found["spec"]["template"]["metadata"]["labels"] for found, _ in workloads(objects)]


def _matches(selector: dict[str, str], labels: dict[str, str]) -> bool:
    return selector.items() <= labels.items()


def selectors(objects: list[Object]) -> Iterator[str]:
    """Deployments own their pods; Services and disruption budgets select somebody."""
    for found in _of(objects, "Deployment"):
        if not _matches(found["spec"]["selector"]["matchLabels"], found["spec"]["template"]["metadata"]["labels"]):
            yield f"{name_of(found)}: does not select its own pods"
    chosen = [(found, found["spec"]["selector"]) for found in _of(objects, "Service")]
    chosen += [(found, found["spec"]["selector"]["matchLabels"]) for found in _of(objects, "PodDisruptionBudget")]
    for found, selector in chosen:
        services = {labels[_NAME] for labels in _pods(objects) if _matches(selector, labels)}
        if len(services) != 1:
            yield f"{name_of(found)}: selects pods of {sorted(services)}"


def references(objects: list[Object]) -> Iterator[str]:
    """ServiceAccounts and ConfigMaps that are named are there; no Secret is."""
    there = {name_of(found) for found in objects}
    for found, pod in workloads(objects):
        wanted = {f"ServiceAccount/{pod['serviceAccountName']}"}
        for container in pod["containers"]:
            sources = container["envFrom"]
            wanted |= {f"ConfigMap/{source['configMapRef']['name']}" for source in sources if "configMapRef" in source}
        for missing in sorted(wanted - there):
            yield f"{name_of(found)}: {missing} is not there"
    yield from (f"{name_of(found)}: a secret in the tree" for found in _of(objects, "Secret"))


def secrets(objects: list[Object]) -> Iterator[str]:
    """Every Secret that is used is promised to that service, and every promise is used."""
    promised = {(secret["name"], service) for secret in contract() for service in secret["consumers"]}
    used = set()
    for found, pod in workloads(objects):
        service = found["metadata"]["labels"][_NAME]
        refs = {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
        for container in pod["containers"]:
            refs |= {source["secretRef"]["name"] for source in container["envFrom"] if "secretRef" in source}
        used |= {(name, service) for name in refs}
    yield from (f"{service}: {name} is not in the contract" for name, service in sorted(used - promised))
    yield from (f"{service}: {name} is promised and not used" for name, service in sorted(promised - used))


def images(objects: list[Object]) -> Iterator[str]:
    """An image is the service's own, with a version."""
    for found, pod in workloads(objects):
        for container in pod["containers"]:
            image = container["image"]
            name, _, tag = image.partition("@")[0].partition(":")
            if not name.endswith(f"/{found['metadata']['labels'][_NAME]}"):
                yield f"{name_of(found)}: runs {image}"
            if "@sha256:" not in image and tag in {"", "latest"}:
                yield f"{name_of(found)}: {image} has no version"


def autoscalers(objects: list[Object]) -> Iterator[str]:
    """A Deployment has one master of its size: an autoscaler or `replicas`."""
    targets = Counter(found["spec"]["scaleTargetRef"]["name"] for found in _of(objects, "HorizontalPodAutoscaler"))
    sizes = {found["metadata"]["name"]: found["spec"].get("replicas") for found in _of(objects, "Deployment")}
    yield from (f"{target}: {count} autoscalers" for target, count in targets.items() if count > 1)
    yield from (f"{target}: an autoscaler of nothing" for target in targets if target not in sizes)
    for deployment, size in sizes.items():
        if (size is None) != (deployment in targets):
            yield f"{deployment}: needs an autoscaler or `replicas`, not both"
        if size is not None and size < _FEWEST_PODS:
            yield f"{deployment}: one pod is no pod"


def values_of(objects: list[Object], workload: Object) -> dict[str, str]:
    """Return the environment of a workload; what comes from Secrets is empty."""
    maps = {found["metadata"]["name"]: found["data"] for found in _of(objects, "ConfigMap")}
    keys = {secret["name"]: secret["keys"] for secret in contract()}
    values: dict[str, str] = {}
    [container] = workload["spec"]["template"]["spec"]["containers"]
    for source in container["envFrom"]:
        if "configMapRef" in source:
            values |= maps.get(source["configMapRef"]["name"], {})
        else:
            values |= dict.fromkeys(keys.get(source["secretRef"]["name"], []), "")
    return values | {entry["name"]: entry["value"] for entry in container.get("env", []) if "value" in entry}


def environment(objects: list[Object]) -> Iterator[str]:
    """Every variable is one that the service reads; the ports are those of the containers."""
    for found, pod in workloads(objects):
        service, values = found["metadata"]["labels"][_NAME], values_of(objects, found)
        unknown = {name for name in values if name.startswith(PREFIX)} - known_names(service)
        yield from (f"{name_of(found)}: {name} means nothing" for name in sorted(unknown))
        ports = {port["name"]: str(port["containerPort"]) for port in pod["containers"][0].get("ports", [])}
        configured = {
            "http": values.get(f"{PREFIX}{service.upper()}_PORT"),
            "health": values.get(f"{PREFIX}{service.upper()}_WORKER_PORT"),
        }
        yield from (f"{name_of(found)}: port {name}" for name in ports if ports[name] != configured[name])


def files(objects: list[Object]) -> Iterator[str]:
    """A file that the configuration names is a key of a Secret that is mounted there; a folder has something in it."""
    keys = {secret["name"]: secret["keys"] for secret in contract()}
    for found, pod in workloads(objects):
        sources = {volume["name"]: volume.get("secret", {}).get("secretName") for volume in pod["volumes"]}
        there = {
            f"{mount['mountPath']}/{key}"
            for mount in pod["containers"][0]["volumeMounts"]
            for key in keys.get(sources[mount["name"]], [])
        }
        mounts = {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
        there |= {parent for mount in mounts for parent in (mount, mount.rpartition("/")[0])}
        named = set(_FILE.findall(" ".join(values_of(objects, found).values())))
        yield from (f"{name_of(found)}: {path} is not mounted" for path in sorted(named - there))


def peers(objects: list[Object]) -> Iterator[str]:
    """Policies are for somebody; their peers are ours or known strangers; no rule is for everybody or every port."""
    for policy in _of(objects, "NetworkPolicy"):
        if not _subjects(objects, policy):
            yield f"{name_of(policy)}: is for nobody"
        for rule in _rules(policy):
            who = [_who(objects, peer) for peer in rule.get("from", rule.get("to", []))]
            if not who or not rule.get("ports"):
                yield f"{name_of(policy)}: for everybody or every port"
            yield from (f"{name_of(policy)}: a peer that nobody is" for found in who if not found)


def reach(objects: list[Object]) -> Iterator[str]:
    """Each service reaches what it needs and nothing else, because everything that is not allowed is denied."""
    found: dict[str, set[tuple[str, int]]] = {service: set() for service in SERVICES}
    for policy in _of(objects, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            names = {name for peer in rule.get("to", []) for name in _who(objects, peer)}
            pairs = {(name, port["port"]) for name in names for port in rule["ports"]}
            for service in _subjects(objects, policy):
                found[service] |= pairs
    yield from (f"{service}: {sorted(got ^ _EGRESS)}" for service, got in found.items() if got != _EGRESS)
    if not any(policy["spec"]["podSelector"] == {} and not _rules(policy) for policy in _of(objects, "NetworkPolicy")):
        yield "nothing denies what is not allowed"


def _subjects(objects: list[Object], policy: Object) -> set[str]:
    chosen = policy["spec"]["podSelector"].get("matchLabels", {})
    return {labels[_NAME] for labels in _pods(objects) if _matches(chosen, labels)}


def _rules(policy: Object) -> list[Object]:
    return [*policy["spec"].get("ingress", []), *policy["spec"].get("egress", [])]


def _who(objects: list[Object], peer: Object) -> set[str]:
    pods = peer.get("podSelector", {}).get("matchLabels", {})
    if "namespaceSelector" in peer:
        namespace = peer["namespaceSelector"].get("matchLabels", {})
        return {name for name, known in _FOREIGN.items() if known == (namespace, pods)}
    return {labels[_NAME] for labels in _pods(objects) if _matches(pods, labels)}


_RULES = (selectors, references, secrets, images, autoscalers, environment, files, peers, reach)
TREE_RULES = {rule.__name__: rule for rule in _RULES}
