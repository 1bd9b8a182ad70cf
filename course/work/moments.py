"""Moments as text: UTC, microseconds, one fixed length, so that later also sorts later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

EARLIEST = "0001-01-01T00:00:00.000000Z"


def stamp(moment: datetime) -> str:
    """`2026-11-23T14:47:20.123456Z` for a moment that knows its time zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(len(EARLIEST), "0")


def now_stamp() -> str:
    """This moment."""
    return stamp(datetime.now(UTC))


def today() -> date:
    """This day. Days are those of UTC, so that a file asks for the same on every machine."""
    return datetime.now(UTC).date()


def normal_stamp(text: str) -> str:
    """An ISO 8601 moment of any precision and zone as ours; ValueError where it is none.

    A moment without a zone is refused: nobody could say which of two is the later.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone, for example Z")
    try:
        return stamp(moment)
    except OverflowError:
        raise ValueError("a moment must lie in the years 1 to 9999") from None


def stamp_after(previous: str | None) -> str:
    """This moment, or just after `previous` where the clock was set back.

    What is saved last must also be the latest, whatever the clock of the machine says.
    """
    now = now_stamp()
    if previous is None or now > previous:
        return now
    return stamp(datetime.fromisoformat(previous) + timedelta(microseconds=1))
