"""How many a broadcast means, and how it went."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from storage.broadcasts import BroadcastRow, BroadcastState, Delivery, Tally
from study.content import Content, excerpt


class Counts(BaseModel):
    """The size of an audience: ``people`` have joined, ``unreached`` of them cannot be written to as far as is known."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    people: int
    unreached: int
    unjoined: int
    groups: int


class Result(BaseModel):
    """How a broadcast went, or goes.

    ``people`` were meant, ``private`` of them were (or will be) written to; each of these is one of ``delivered``,
    ``blocked`` (they stopped the bot), ``unreachable`` (they never started it, or their account is gone), ``unknown`` (no
    answer came: it may have arrived), ``failed`` (Telegram refused it for another reason), ``called_off`` and
    ``waiting``. ``groups`` counts groups likewise.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: int
    state: BroadcastState
    sender: str
    unit: str
    about: str
    sent_at: datetime | None
    finished_at: datetime | None
    people: int
    private: int
    delivered: int
    blocked: int
    unreachable: int
    unknown: int
    failed: int
    called_off: int
    waiting: int
    groups: int
    groups_delivered: int
    groups_waiting: int
    unjoined: int
    wants_ack: bool
    acknowledged: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is on its way any more."""
        return self.waiting == 0 and self.groups_waiting == 0


_UNREACHABLE = ("never_started", "gone", "forbidden")


def result_of(row: BroadcastRow, tallies: Sequence[Tally], deliveries: Sequence[Delivery], acknowledged: int) -> Result:
    """Add up how a broadcast went."""

    def listed(*states: str, is_group: bool) -> int:
        return sum(t.count for t in tallies if t.is_group is is_group and (not states or t.state in states))

    def ended(*states: str, is_group: bool) -> int:
        return sum(d.count for d in deliveries if d.is_group is is_group and d.state in states)

    def refused(*errors: str) -> int:
        return sum(d.count for d in deliveries if not d.is_group and d.state == "refused" and d.error in errors)

    content = Content.model_validate_json(row.content)
    blocked, unreachable = refused("blocked"), refused(*_UNREACHABLE)
    in_outbox = refused("called_off")
    return Result(
        id=row.id,
        state=row.state,
        sender=row.sender,
        unit=row.unit,
        about=excerpt(content.text or content.file_name or ""),
        sent_at=row.sent_at,
        finished_at=row.finished_at,
        people=listed(is_group=False),
        private=listed("waiting", "queued", "called_off", is_group=False),
        delivered=ended("sent", is_group=False),
        blocked=blocked,
        unreachable=unreachable,
        unknown=ended("unknown", is_group=False),
        failed=ended("refused", is_group=False) - blocked - unreachable - in_outbox,
        called_off=in_outbox + listed("called_off", is_group=False),
        waiting=listed("waiting", is_group=False) + ended("pending", "sending", is_group=False),
        groups=listed(is_group=True),
        groups_delivered=ended("sent", is_group=True),
        groups_waiting=listed("waiting", is_group=True) + ended("pending", "sending", is_group=True),
        unjoined=row.unjoined,
        wants_ack=row.wants_ack,
        acknowledged=acknowledged,
    )
