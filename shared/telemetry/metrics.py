"""Every measurement of the messaging layer, once, with its unit and what it means. No label ever names a person."""

from opentelemetry import metrics

_meter = metrics.get_meter("kaozheng.messaging")

#: Events written and not yet sent, as far as sequence numbers tell. Label: service.
outbox_pending = _meter.create_gauge("kaozheng.outbox.pending", "{event}", "events not yet sent")
#: How long the oldest event that is being sent has waited. First alarm. Label: service.
outbox_oldest_age = _meter.create_gauge("kaozheng.outbox.oldest.age", "s", "age of the oldest event not yet sent")
#: Events acknowledged by the broker. Label: service.
outbox_sent = _meter.create_counter("kaozheng.outbox.sent", "{event}", "events acknowledged by the broker")
#: Terms of the relay that ended in trouble; each makes a new producer. Label: service.
relay_rebuilds = _meter.create_counter("kaozheng.outbox.relay.rebuilds", "{rebuild}", "relay terms ended by trouble")

#: Events handled for the first time. Label: consumer.
inbox_applied = _meter.create_counter("kaozheng.inbox.applied", "{event}", "events handled")
#: Events that had been seen before. Labels: consumer, layer (offset or event).
inbox_duplicates = _meter.create_counter("kaozheng.inbox.duplicates", "{event}", "events seen before and left out")
#: Records of a log that the sender took for another; they come again. Label: consumer.
inbox_foreign = _meter.create_counter("kaozheng.inbox.foreign", "{record}", "records sent under another log identity")
#: Attempts of a batch that failed. Labels: consumer, kind (transient or event).
inbox_failures = _meter.create_counter("kaozheng.inbox.failures", "{attempt}", "attempts of a batch that failed")
#: Keys with parked events. Alarm above 0. Label: consumer.
parked_keys = _meter.create_gauge("kaozheng.inbox.parked.keys", "{key}", "keys that wait for an operator")
#: Commits to the broker that failed; harmless, the database has the offsets. Label: consumer.
commit_failures = _meter.create_counter("kaozheng.consumer.commit.failures", "{commit}", "broker commits that failed")
#: Clients rebuilt after trouble or silence. Label: consumer.
consumer_rebuilds = _meter.create_counter("kaozheng.consumer.rebuilds", "{rebuild}", "consumer clients rebuilt")
#: Offsets that the broker no longer had: events may be lost. Alarm above 0. Label: consumer.
offsets_skipped = _meter.create_counter("kaozheng.consumer.offsets.skipped", "{offset}", "offsets gone from the log")
#: Versions of a key that came in falling order. Must stay 0. Label: consumer.
order_violations = _meter.create_counter("kaozheng.consumer.order.violations", "{event}", "events in the wrong order")
#: Seconds since the consumer last got on or had nothing to do. Alarm above a minute. Label: consumer.
progress_age = _meter.create_gauge("kaozheng.consumer.progress.age", "s", "time since the consumer last got on")
