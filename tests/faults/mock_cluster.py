"""librdkafka's mock cluster: Kafka brokers in this process whose every answer a test may choose.

It speaks the protocol of producers (idempotent ones too), groups and fetches; `CreateTopics` it does not know.
"""

import ctypes
import importlib.util
from collections import Counter
from enum import IntEnum
from functools import cache
from pathlib import Path

_PRODUCER = 0
ALL = -1


class Api(IntEnum):
    """Kinds of requests, as the protocol numbers them."""

    PRODUCE = 0
    FETCH = 1
    LIST_OFFSETS = 2
    METADATA = 3
    OFFSET_COMMIT = 8
    OFFSET_FETCH = 9
    FIND_COORDINATOR = 10
    JOIN_GROUP = 11
    HEARTBEAT = 12
    SYNC_GROUP = 14
    INIT_PRODUCER_ID = 22


@cache
def _library() -> ctypes.CDLL:
    """Load the library that the wheel of confluent-kafka carries."""
    spec = importlib.util.find_spec("confluent_kafka")
    assert spec is not None
    assert spec.origin is not None
    (found,) = Path(spec.origin).parents[1].glob("confluent_kafka.libs/librdkafka-*")
    library = ctypes.CDLL(str(found))
    for name in ("rd_kafka_conf_new", "rd_kafka_new", "rd_kafka_mock_cluster_new", "rd_kafka_mock_get_requests"):
        getattr(library, name).restype = ctypes.c_void_p
    library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
    library.rd_kafka_mock_request_api_key.restype = ctypes.c_int16
    return library


class MockCluster:
    """Brokers numbered from 1. Errors and delays hold for all of them unless a broker is named."""

    def __init__(self, brokers: int = 3) -> None:
        """Start the brokers on free ports."""
        self._library = _library()
        message = ctypes.create_string_buffer(512)
        settings = ctypes.c_void_p(self._library.rd_kafka_conf_new())
        self._library.rd_kafka_conf_set(settings, b"log_level", b"3", None, ctypes.c_size_t(0))  # it has no servers
        client = self._library.rd_kafka_new(_PRODUCER, settings, message, ctypes.c_size_t(512))
        assert client, message.value
        self._client = ctypes.c_void_p(client)
        self._cluster = ctypes.c_void_p(self._library.rd_kafka_mock_cluster_new(self._client, brokers))
        self._library.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, 0)
        self._library.rd_kafka_mock_start_request_tracking(self._cluster)
        self.bootstrap_servers: str = self._library.rd_kafka_mock_cluster_bootstraps(self._cluster).decode()

    def close(self) -> None:
        """Stop the brokers and end their threads."""
        self._library.rd_kafka_mock_cluster_destroy(self._cluster)
        self._library.rd_kafka_destroy(self._client)

    def create_topic(self, name: str, partitions: int) -> None:
        """Create a topic; partition n is led by one of the brokers."""
        self._do("topic_create", name.encode(), partitions, 1)

    def fail(self, api: Api, *errors: int) -> None:
        """Answer the next requests of this kind with these error codes, one each."""
        codes = (ctypes.c_int * len(errors))(*errors)
        push = self._library.rd_kafka_mock_push_request_errors_array
        push(self._cluster, ctypes.c_int16(api), ctypes.c_size_t(len(errors)), codes)

    def forgive(self, api: Api) -> None:
        """Take back the error codes that were not yet used."""
        self._library.rd_kafka_mock_clear_request_errors(self._cluster, ctypes.c_int16(api))

    def down(self, broker: int = ALL) -> None:
        """Cut the connections of a broker and refuse new ones."""
        self._do("broker_set_down", broker)

    def up(self, broker: int = ALL) -> None:
        """Accept connections again."""
        self._do("broker_set_up", broker)

    def delay(self, milliseconds: int, broker: int = ALL) -> None:
        """Hold back every answer for so long; the request takes effect at once."""
        self._do("broker_set_rtt", broker, milliseconds)

    def lead(self, topic: str, partition: int, broker: int) -> None:
        """Make a broker the leader of a partition; -1 leaves it without one."""
        self._do("partition_set_leader", topic.encode(), partition, broker)

    def coordinate(self, group: str, broker: int) -> None:
        """Make a broker the coordinator of a group."""
        self._do("coordinator_set", b"group", group.encode(), broker)

    def forget(self, topic: str, partition: int, before: int) -> None:
        """Delete the records below an offset, as retention does."""
        self._do("partition_delete_records", topic.encode(), partition, ctypes.c_int64(before))

    def requests(self) -> Counter[Api]:
        """Return how many requests came since the start, by kind."""
        count = ctypes.c_size_t()
        found = self._library.rd_kafka_mock_get_requests(self._cluster, ctypes.byref(count))
        listed = ctypes.cast(found, ctypes.POINTER(ctypes.c_void_p))
        key = self._library.rd_kafka_mock_request_api_key
        kinds = Counter(key(ctypes.c_void_p(listed[number])) for number in range(count.value))
        self._library.rd_kafka_mock_request_destroy_array(ctypes.c_void_p(found), count)
        return Counter({api: kinds[api] for api in Api})

    def _do(self, name: str, *arguments: object) -> None:
        error = getattr(self._library, f"rd_kafka_mock_{name}")(self._cluster, *arguments)
        assert error == 0, f"{name}: {error}"
