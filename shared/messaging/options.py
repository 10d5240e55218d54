"""The tunables of relay and consumer; `KAOZHENG_MESSAGING_*` in the environment."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class MessagingOptions(BaseSettings):
    """Defaults fit production; tests shorten the times. Durations are seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_MESSAGING_", frozen=True)

    #: Events that the relay reads and sends at once, and how many bytes of them at most.
    page_events: int = Field(2000, ge=1)
    page_bytes: int = Field(8_000_000, ge=1)
    #: A send not acknowledged by then is done again with a new producer.
    send_deadline: float = 30.0
    #: The relay looks for new events this often when busy, and when idle.
    poll_busy: float = 0.005
    poll_idle: float = 0.25
    #: While events keep coming, pages that are not full are sent so far apart at least.
    linger: float = Field(0.02, ge=0)
    #: A relay that is not the leader tries again after so long.
    lead_retry: float = 1.0
    #: The server ends the connection of a leader that shows no life for the send deadline and so long again.
    lead_idle: float = 15.0

    #: Sequence numbers per partition of the outbox, and how many partitions are made ahead.
    outbox_width: int = Field(1_000_000, ge=1)
    outbox_ahead: int = Field(2, ge=1)
    #: Published events are kept so long. Must be shorter than the inbox: what the outbox still holds may be sent again.
    outbox_retention: timedelta = timedelta(days=7)
    inbox_retention_days: int = Field(14, ge=1)
    #: How often partitions are looked after.
    maintenance_interval: float = 300.0

    #: Records that a consumer handles in one transaction.
    batch_records: int = Field(2000, ge=1)
    poll_timeout: float = 0.2
    #: The broker may hold back an empty answer so long; some brokers answer late within it.
    fetch_wait: float = 0.1
    #: A commit to the broker that takes longer is counted and forgotten.
    commit_deadline: float = 5.0
    #: On a rebalance or a shutdown a batch may take so long to finish before it is rolled back.
    drain: float = 10.0
    #: Waits after infrastructure trouble grow to this.
    backoff_limit: float = 10.0
    #: Attempts of a lone failing event before it is parked.
    attempts: int = Field(2, ge=1)
    #: With more parked keys than this the consumer stops and the service is not ready.
    parked_keys_limit: int = Field(1000, ge=0)
    session_timeout: float = 30.0
    heartbeat: float = 3.0
    #: A consumer client that shows no sign of life for so long is rebuilt; the process ends after so many in a row.
    stall: float = 60.0
    stall_rebuilds: int = 3

    #: How old the knowledge of the log's identity may be when a batch is handled or a page is counted as sent.
    log_check: float = 0.5
    #: Batches with more events than this get one span with links instead of a span per event.
    traced_batch: int = 100
    #: So many events a second are named in spans, ten times as many after a pause; a span of its own counts as four.
    traced_per_second: float = Field(200, ge=0)
    #: Events older than this start a new trace.
    trace_age: timedelta = timedelta(minutes=15)
