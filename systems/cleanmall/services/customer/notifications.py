"""What a customer is told of an event: each event once, however often it comes."""

import json

MESSAGES = {
    "CleanassignCompleted": "{cleanman} comes to you. Call {cleanmanTel} if anything changes.",
    "CleanassignCancelled": "Your cleaning is called off.",
}


class NoEvent(Exception):
    """A record that nobody can understand; it will not be understood next time either."""


def read(value: bytes | None) -> tuple[str, str, str, str] | None:
    """Id, call, telephone and message of a record; None for an event that customers are not told of."""
    try:
        event = json.loads(value or b"")
        template = MESSAGES.get(event["eventType"])
        if template is None:
            return None
        data = event["data"]
        return str(event["eventId"]), str(data["callId"]), str(data["tel"]), template.format(**data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoEvent(type(error).__name__) from error


def remember(connection, notification: tuple[str, str, str, str]) -> bool:
    """Writes it down; False when it is there already."""
    with connection.transaction():
        inserted = connection.execute(
            "INSERT INTO notifications (event_id, call_id, tel, message) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            notification,
        )
        return inserted.rowcount == 1
