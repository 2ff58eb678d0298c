"""The rules of a broadcast: what fits, how a choice changes, how the numbers add up."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.broadcasts import BroadcastRow, BroadcastState, Delivery, Tally
from storage.people import Role
from study.audience import Audience
from study.audience_choices import Choice, tag, toggled
from study.broadcast_result import result_of
from study.broadcast_rules import Nowhere, digest, fitted, heading, room_for_text
from study.content import TEXT_LIMIT, Content, length
from study.errors import TooLong

ROW = BroadcastRow(
    id=3,
    sender_id=1,
    sender="王",
    unit="一部",
    content=Content(text="通知\n全文").model_dump_json(),
    audience=Audience().model_dump_json(),
    wants_ack=True,
    reminds=None,
    state=BroadcastState.SENDING,
    version=1,
    previewed=None,
    unjoined=4,
    card=None,
    reminders=0,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    sent_at=datetime(2026, 1, 1, tzinfo=UTC),
    finished_at=None,
)


def test_choosing_twice_is_choosing_not_at_all() -> None:
    """What is chosen is left out again, whichever list it is in."""
    audience = Audience(units=(5,))

    for choice, value in ((Choice.UNIT, 7), (Choice.LEVEL, "科级"), (Choice.ROLE, "judge"), (Choice.BELOW, 0)):
        once = toggled(audience, choice, value)
        assert once != audience
        assert toggled(once, choice, value) == audience


def test_a_role_is_kept_as_a_role() -> None:
    """The button carries a word."""
    assert toggled(Audience(), Choice.ROLE, "judge").roles == (Role.JUDGE,)


def test_all_units_clears_the_choice() -> None:
    """No unit chosen means all."""
    assert toggled(Audience(units=(5, 6)), Choice.EVERYWHERE, 0).units == ()


def test_one_way_has_to_stay() -> None:
    """Groups may take the place of private, but not nothing."""
    with pytest.raises(Nowhere):
        toggled(Audience(), Choice.PRIVATE, 0)

    groups = toggled(Audience(), Choice.GROUPS, 0)
    assert toggled(groups, Choice.PRIVATE, 0).private is False


@given(st.text(min_size=1, max_size=200), st.text(max_size=200))
def test_the_longest_text_fits_under_any_heading(sender: str, unit: str) -> None:
    """Heading, blank lines and the text stay within one message, and one more character is refused."""
    room = room_for_text(sender, unit)

    assert length(heading(sender, unit)) + 2 + room <= TEXT_LIMIT
    assert fitted(Content(text="x" * room), sender, unit).text
    with pytest.raises(TooLong):
        fitted(Content(text="x" * (room + 1)), sender, unit)


@given(st.lists(st.integers(1), unique=True))
def test_a_digest_names_the_list_whatever_its_order(people: list[int]) -> None:
    """The same recipients have the same name; one more has another."""
    shuffled = sorted(people, reverse=True)

    assert digest(people, ()) == digest(shuffled, ())
    assert digest(people, ()) != digest([*people, max(people, default=0) + 1], ())


def test_tags_fit_into_a_button() -> None:
    """A number of at most ten digits, the same for the same level."""
    assert tag("县处级正职" * 50) < 2**32
    assert tag("科级") != tag("处级")


def test_every_recipient_is_counted_once() -> None:
    """The states of the private copies add up to the people written to; groups are apart."""
    tallies = [
        Tally(state="waiting", is_group=False, count=10, acknowledged=0),
        Tally(state="queued", is_group=False, count=21, acknowledged=2),
        Tally(state="called_off", is_group=False, count=3, acknowledged=0),
        Tally(state="queued", is_group=True, count=2, acknowledged=0),
    ]
    deliveries = [
        Delivery(state="sent", error=None, is_group=False, count=9),
        Delivery(state="pending", error=None, is_group=False, count=3),
        Delivery(state="sending", error=None, is_group=False, count=1),
        Delivery(state="unknown", error="no_answer", is_group=False, count=1),
        Delivery(state="refused", error="blocked", is_group=False, count=2),
        Delivery(state="refused", error="never_started", is_group=False, count=1),
        Delivery(state="refused", error="gone", is_group=False, count=1),
        Delivery(state="refused", error="bad_request", is_group=False, count=1),
        Delivery(state="refused", error="called_off", is_group=False, count=2),
        Delivery(state="sent", error=None, is_group=True, count=1),
        Delivery(state="refused", error="gone", is_group=True, count=1),
    ]

    result = result_of(ROW, tallies, deliveries, acknowledged=2)

    assert (result.people, result.private) == (34, 34)
    assert (result.delivered, result.blocked, result.unreachable, result.unknown, result.failed) == (9, 2, 2, 1, 1)
    assert (result.called_off, result.waiting) == (5, 14)
    parts = (result.delivered, result.blocked, result.unreachable, result.unknown, result.failed)
    assert sum(parts) + result.called_off + result.waiting == result.private
    assert (result.groups, result.groups_delivered, result.groups_waiting) == (2, 1, 0)
    assert result.about == "通知 全文"
    assert not result.is_over
