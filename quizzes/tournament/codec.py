"""Events of a tournament as plain dicts that JSON can hold, and back; as strict as the contest engine's."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

from quizzes.engine.codec import record_from_dict, record_to_dict
from quizzes.engine.errors import LogUnreadable
from quizzes.tournament import events

VERSION = 1
_EVENTS: dict[str, type[Any]] = {kind.__name__: kind for kind in typing.get_args(events.Event)}


def event_to_dict(event: events.Event) -> dict[str, Any]:
    """The event as a dict of JSON's own types."""
    return {"v": VERSION, "type": type(event).__name__, **record_to_dict(event)}


def event_from_dict(stored: Mapping[str, Any]) -> events.Event:
    """The event that was stored.

    Raises:
        quizzes.engine.errors.LogUnreadable: a newer version, an unknown type, a field that is missing or strange.
    """
    body = dict(stored)
    version, name = body.pop("v", None), body.pop("type", None)
    if version != VERSION:
        raise LogUnreadable(problem="unknown_version", version=version)
    kind = _EVENTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise LogUnreadable(problem="unknown_type", type=name)
    event: events.Event = record_from_dict(kind, body, str(name))
    return event
