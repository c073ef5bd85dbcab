"""Tells customers who comes, and that a cleaning is called off. It knows nothing of where it runs: all it needs is in its variables."""

import json
import os
import pathlib
import signal
import sys
from datetime import datetime, timezone

import psycopg
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from notifications import NoEvent, read, remember
from sign_in import sign_in

ALIVE = pathlib.Path(os.environ.get("ALIVE_FILE", "/tmp/alive"))

stopping = False


def stop(*_: object) -> None:
    global stopping
    stopping = True


def say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def set_aside(producer: KafkaProducer, record, reason: str) -> None:
    """Sends a record to the dead letters, unchanged, with where it came from and why; it is there before anything goes on."""
    origin = {
        "dlq-topic": record.topic,
        "dlq-partition": str(record.partition),
        "dlq-offset": str(record.offset),
        "dlq-reason": "invalid",
        "dlq-detail": reason,
        "dlq-time": datetime.now(timezone.utc).isoformat(),
    }
    headers = [*record.headers, *((name, text.encode()) for name, text in origin.items())]
    topic = f"{record.topic}.{os.environ['SERVICE']}.dlq"
    producer.send(topic, key=record.key, value=record.value, headers=headers).get(timeout=30)
    say(level="error", msg="record moved to the dead-letter topic", **origin)


def handle(connection: psycopg.Connection, producer: KafkaProducer, record) -> None:
    try:
        notification = read(record.value)
    except NoEvent as error:
        set_aside(producer, record, str(error))
        return
    if notification is None:
        return
    event_id, call_id, _, _ = notification
    if remember(connection, notification):
        say(level="info", msg="customer notified", eventId=event_id, callId=call_id)


def main() -> None:
    signal.signal(signal.SIGTERM, stop)
    brokers = os.environ["KAFKA_BROKERS"].split(",")
    client = {"bootstrap_servers": brokers, **sign_in(os.environ["KAFKA_AUTH"], brokers)}
    producer = KafkaProducer(acks="all", **client)
    consumer = KafkaConsumer(
        *os.environ["KAFKA_TOPICS"].split(","),
        group_id=os.environ["KAFKA_GROUP"],
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        **client,
    )
    with psycopg.connect(os.environ["DSN"], autocommit=True) as connection:
        while not stopping:
            for records in consumer.poll(timeout_ms=1000).values():
                for record in records:
                    handle(connection, producer, record)
                    partition = TopicPartition(record.topic, record.partition)
                    consumer.commit({partition: OffsetAndMetadata(record.offset + 1, "", -1)})
            ALIVE.touch()
    consumer.close()
    producer.close()


if __name__ == "__main__":
    sys.exit(main())
