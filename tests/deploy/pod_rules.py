"""What must hold inside each workload; works on raw and on rendered objects."""

from collections.abc import Iterator

from shared.messaging.options import MessagingOptions
from tests.deploy.sources import Object, workloads

#: How long the API may take to finish what it began, after the worker has drained.
_FINISH_SECONDS = 20
_PROBES = {
    "startupProbe": "/health/startup",
    "livenessProbe": "/health/live",
    "readinessProbe": "/health/ready",
}


def name_of(found: Object) -> str:
    """Return kind and name."""
    return f"{found['kind']}/{found['metadata']['name']}"


def probes(objects: list[Object]) -> Iterator[str]:
    """Every Deployment has the three probes, each on its own question, on a port that the container has."""
    for found, pod in workloads(objects):
        if found["kind"] != "Deployment":
            continue
        [container] = pod["containers"]
        ports = {port["name"] for port in container["ports"]}
        for probe, path in _PROBES.items():
            request = container.get(probe, {}).get("httpGet", {})
            if request.get("path") != path:
                yield f"{name_of(found)}: {probe} must ask {path}"
            if request.get("port") not in ports:
                yield f"{name_of(found)}: {probe} asks a port that is not there"


def hardening(objects: list[Object]) -> Iterator[str]:
    """Nobody runs as root, writes to the image, gains rights or holds the cluster's credentials."""
    for found, pod in workloads(objects):
        where, context = name_of(found), pod.get("securityContext", {})
        if not context.get("runAsNonRoot") or not context.get("runAsUser"):
            yield f"{where}: may be root"
        if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield f"{where}: no seccomp profile"
        if pod.get("automountServiceAccountToken") is not False or pod.get("enableServiceLinks") is not False:
            yield f"{where}: gets what it does not need"
        for container in pod["containers"]:
            inner = container.get("securityContext", {})
            wanted = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True}
            if {key: inner.get(key) for key in wanted} != wanted or inner.get("capabilities") != {"drop": ["ALL"]}:
                yield f"{where}: the container is not locked down"


def resources(objects: list[Object]) -> Iterator[str]:
    """Memory is bounded, CPU is not; scratch space is bounded, too."""
    for found, pod in workloads(objects):
        for container in pod["containers"]:
            limits = container.get("resources", {}).get("limits", {})
            if set(limits) != {"memory"} or not {"cpu", "memory"} <= set(container["resources"].get("requests", {})):
                yield f"{name_of(found)}: requests cpu and memory, limit memory only"
        if any("sizeLimit" not in volume["emptyDir"] for volume in pod["volumes"] if "emptyDir" in volume):
            yield f"{name_of(found)}: scratch without a limit"
        mounts = {mount["name"] for container in pod["containers"] for mount in container.get("volumeMounts", [])}
        if mounts != {volume["name"] for volume in pod["volumes"]}:
            yield f"{name_of(found)}: volumes and mounts differ"


def shutdown(objects: list[Object]) -> Iterator[str]:
    """A pod is given more time to end than a service may need."""
    for found, pod in workloads(objects):
        if found["kind"] != "Deployment":
            continue
        [container] = pod["containers"]
        pause = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        needed = pause + MessagingOptions().drain + _FINISH_SECONDS
        if not pause or pod.get("terminationGracePeriodSeconds", 30) <= needed:
            yield f"{name_of(found)}: needs a pause before SIGTERM and more than {needed} seconds to end"


def modes(objects: list[Object]) -> Iterator[str]:
    """What a pod is called is what it does, and only migrations know the owner's password."""
    for found, pod in workloads(objects):
        component = found["metadata"]["labels"]["app.kubernetes.io/component"]
        [container] = pod["containers"]
        if container["args"] != [component]:
            yield f"{name_of(found)}: a {component} that runs {container['args']}"
        secrets = [source["secretRef"]["name"] for source in container["envFrom"] if "secretRef" in source]
        if any(name.endswith("db-owner") for name in secrets) != (component == "migrate"):
            yield f"{name_of(found)}: the owner's password is for migrations"


POD_RULES = {rule.__name__: rule for rule in (probes, hardening, resources, shutdown, modes)}
