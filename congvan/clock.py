"""The only place that asks what time it is; everything below is handed dates."""

from __future__ import annotations

import datetime as dt
import time


def now() -> dt.datetime:
    """This moment in the office's time zone (the machine's), to the second, with its offset."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


def today() -> dt.date:
    """This day in the office's time zone."""
    return now().date()


def seconds() -> float:
    """A clock that only moves forward, for time limits and durations."""
    return time.monotonic()


def pause(duration: float) -> None:
    """Wait for so many seconds."""
    time.sleep(duration)
