"""The Docker engine: is there one, and has it our images?"""

from contextlib import closing

import docker
from docker.errors import APIError, DockerException, ImageNotFound
from testcontainers.core.docker_client import DockerClient

from kaozheng.embedded.errors import EmbeddedError
from tests.containers.settings import Images


class NoEngine(EmbeddedError):
    """Nothing answers where Docker's engine should."""

    def __init__(self) -> None:
        super().__init__(
            "BROKER=docker 需要正在运行的 Docker 引擎：请启动 Docker，或改用 BROKER=apache，或省略 BROKER。\n"
            "BROKER=docker needs a running Docker engine: start Docker, or take BROKER=apache, or leave BROKER out."
        )


class NoImage(EmbeddedError):
    """The engine has an image neither itself nor from its registry."""

    def __init__(self, image: str, reason: str) -> None:
        super().__init__(
            f"无法取得镜像 {image}：请用 KAOZHENG_KAFKA_IMAGE、KAOZHENG_POSTGRES_IMAGE 指定镜像站的名称，"
            "或按 tests/containers/images/README.md 自行制作。\n"
            f"The image {image} cannot be had: name a mirror's with KAOZHENG_KAFKA_IMAGE and KAOZHENG_POSTGRES_IMAGE, "
            f"or build one as tests/containers/images/README.md shows.\n{reason}"
        )


def make_ready() -> None:
    """Find the engine and let it fetch the images that it lacks. Raises NoEngine, NoImage."""
    try:
        client = DockerClient().client
    except DockerException:
        raise NoEngine from None
    images = Images()
    with closing(client):
        for image in (images.kafka_image, images.postgres_image):
            _fetch(client, image)


def _fetch(client: docker.DockerClient, image: str) -> None:
    try:
        client.images.get(image)
    except ImageNotFound:
        try:
            client.images.pull(image)
        except APIError as error:
            raise NoImage(image, str(error.explanation)) from None
