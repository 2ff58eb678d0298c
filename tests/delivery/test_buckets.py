"""The arithmetic of Telegram's limits, held against a server that counts what arrives."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.buckets import LEAST_PACE, Bucket, Budget, Limits, Spare, Window
from tests.delivery.gate import Gate

EPSILON = 1e-6
CONTEST = Spare(0, 0)
REPLY = Spare(0.125, 0.15)
BROADCAST = Spare(11 / 12, 0.15)

gaps = st.lists(st.floats(min_value=0, max_value=4, allow_nan=False), min_size=1, max_size=120)


@settings(deadline=None)
@given(gaps, st.lists(st.integers(1, 3), min_size=120, max_size=120))
def test_bucket_never_grants_more_than_its_rate_in_any_length_of_time(gaps, costs):
    """Between any two calls there are at most ``capacity + rate * time``, however they come."""
    bucket, now, taken = Bucket(5, 2), 0.0, []

    for gap, cost in zip(gaps, costs, strict=False):
        now = bucket.earliest(now + gap, cost)
        bucket.take(now, cost)
        taken.append((now, cost))

    for first, last in itertools.combinations_with_replacement(range(len(taken)), 2):
        total = sum(cost for _, cost in taken[first : last + 1])
        assert total <= 5 + 2 * (taken[last][0] - taken[first][0]) + EPSILON


@settings(deadline=None)
@given(gaps, st.lists(st.integers(1, 3), min_size=120, max_size=120))
def test_window_never_grants_more_than_its_limit_in_any_length_of_time(gaps, costs):
    """No length of 10 seconds sees more than 6 calls."""
    window, now, taken = Window(6, 10), 0.0, []

    for gap, cost in zip(gaps, costs, strict=False):
        now = window.earliest(now + gap, cost)
        window.take(now, cost)
        taken += [now] * cost

    for start in taken:
        assert sum(start <= at < start + 10 - EPSILON for at in taken) <= 6


@settings(deadline=None)
@given(gaps, st.integers(1, 8), st.floats(0, 1))
def test_the_earliest_moment_is_finite_and_stays_when_it_has_come(gaps, cost, spare):
    """Whoever waits until the moment named may really go then: nobody starves, no alarm rings in vain."""
    for allowance in (Bucket(5, 2), Window(6, 10)):
        now = 0.0
        for gap in gaps:
            now = allowance.earliest(now + gap)
            allowance.take(now)
        allowance.pace.shrink(now)

        at = allowance.earliest(now, cost, spare)

        assert at <= now + 20
        assert allowance.earliest(at, cost, spare) == at


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 2, 3, -1, -2]),  # private chats and groups
            st.floats(0, 0.3),  # until the next call is asked for
            st.floats(0, 0.2),  # its way through the network
            st.sampled_from([CONTEST, BROADCAST]),
        ),
        min_size=100,
        max_size=400,
    )
)
def test_a_server_with_the_same_limits_never_refuses_though_the_network_squeezes(traffic):
    """Calls that leave within our limits arrive within Telegram's, with up to 0.2 s of unevenness on the way."""
    budget, now, arrivals = Budget(), 0.0, []
    for chat_id, gap, way, spare in traffic:
        now = budget.earliest(chat_id, now + gap, spare=spare)
        budget.take(chat_id, chat_id < 0, now)
        arrivals.append((now + way, chat_id))

    arrivals.sort()

    everyone = Gate(30, 30)
    chats = {chat_id: Gate(5, 1) if chat_id > 0 else Gate(20, 20 / 60) for chat_id in (1, 2, 3, -1, -2)}
    for at, chat_id in arrivals:
        assert everyone.passes(at)
        assert chats[chat_id].passes(at)
    for group in (-1, -2):
        times = [at for at, chat_id in arrivals if chat_id == group]
        assert all(later - earlier > 60 - EPSILON for earlier, later in zip(times, times[20:], strict=False))


def test_a_broadcast_to_5000_goes_at_full_speed_and_always_leaves_room():
    """0.98 of 30 a second are reached without a refusal, and at every moment a question's three calls could go."""
    budget, server, now = Budget(), Gate(30, 30), 0.0

    for chat_id in range(1, 5001):
        now = budget.earliest(chat_id, now, spare=BROADCAST)
        budget.take(chat_id, False, now)
        assert server.passes(now)
        assert budget.earliest(-1, now, cost=3, spare=CONTEST) == now

    assert 5000 / now >= 0.98 * 30


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.03), st.floats(0, 0.01), st.booleans()), min_size=200, max_size=600))
def test_a_server_that_bears_a_burst_of_five_never_refuses_a_broadcast_with_a_question_and_replies_beside_it(calls):
    """Each call may leave up to 30 ms late and take up to 10 ms; now and then a question and a reply go at the same moment."""
    budget, server, now, arrivals, others = Budget(), Gate(5, 30), 0.0, [], -1.0
    for number, (late, way, beside) in enumerate(calls):
        now = budget.earliest(1 + number, now, spare=BROADCAST) + late
        budget.take(1 + number, False, now)
        arrivals.append(now + way)
        if beside and now > others:
            others = now + 1.0
            for chat_id in (-1, 100_000 + number):
                assert budget.earliest(chat_id, now, spare=REPLY) == now
                budget.take(chat_id, chat_id < 0, now)
                arrivals.append(now + way)

    assert all(server.passes(at) for at in sorted(arrivals))


def test_a_late_alarm_costs_a_broadcast_nothing():
    """Every call leaves 20 ms late, and still 0.98 of 30 a second are reached."""
    budget, now = Budget(), 0.0

    for chat_id in range(1, 3001):
        now = budget.earliest(chat_id, now, spare=BROADCAST) + 0.02
        budget.take(chat_id, False, now)

    assert 3000 / now >= 0.98 * 30


def test_a_chat_that_is_full_does_not_hold_up_another():
    """The budget of one chat says nothing about the next."""
    budget = Budget()
    while budget.earliest(-5, 0.0) == 0.0:
        budget.take(-5, True, 0.0)

    earliest = budget.earliest(-6, 0.0)

    assert budget.earliest(-5, 0.0) == pytest.approx(60.2)
    assert earliest == 0.0


def test_room_counts_what_could_go_at_once():
    """A group has room for 20, less what went in the last minute; a stopped chat has none."""
    budget = Budget()
    assert budget.room(-5, True, 0.0) == 20

    for _ in range(18):
        budget.take(-5, True, 0.0)
    budget.punish(-6, True, 0.0, 7.0)

    assert budget.room(-5, True, 1.0) == 2
    assert budget.room(-5, True, 61.0) == 20
    assert budget.room(-6, True, 6.9) == 0
    assert budget.room(-6, True, 7.0) == 20


def test_a_group_keeps_the_calls_of_a_question_for_the_contest():
    """What is not of the contest stops at 17 a minute, the contest goes on to 20."""
    budget = Budget()

    replies = 0
    while budget.earliest(-5, 0.0, spare=Spare(0, 0.15)) == 0.0:
        budget.take(-5, True, 0.0)
        replies += 1

    assert replies == 17
    assert budget.earliest(-5, 0.0, cost=3, spare=CONTEST) == 0.0


def test_an_album_larger_than_a_bucket_waits_until_it_is_full_and_is_paid_off():
    """Ten pictures in a private chat go at once if nothing went before, and then the chat rests."""
    budget = Budget()

    first = budget.earliest(1, 0.0, cost=10)
    budget.take(1, False, 0.0, cost=10)

    assert first == 0.0
    assert 5 < budget.earliest(1, 0.0) < 8


def test_a_refusal_stops_its_chat_for_exactly_the_time_named():
    """Nothing for the chat before, everything for the others."""
    budget = Budget()

    budget.punish(-5, True, 10.0, 42.0)

    assert budget.earliest(-5, 10.0) == 42.0
    assert budget.earliest(-6, 10.0) == 10.0
    budget.punish(None, False, 10.0, 30.0)
    assert budget.earliest(-6, 10.0) == 30.0


def test_the_pace_shrinks_by_a_share_and_comes_back_step_by_step():
    """A refusal takes a fifth, every second gives back 0.002; refusals on the way together count once."""
    budget = Budget()
    full = rate(budget, 0.0)

    budget.punish(None, False, 1000.0, 1001.0)
    budget.punish(None, False, 1000.1, 1001.0)

    assert rate(budget, 1001.0) == pytest.approx(0.8 * full, rel=0.02)
    assert rate(budget, 1050.0) == pytest.approx(0.9 * full, rel=0.02)
    assert rate(budget, 1200.0) == pytest.approx(full, rel=0.01)


def test_the_pace_never_falls_to_nothing():
    """However often the server refuses, a tenth is tried."""
    budget = Budget()

    for second in range(100):
        budget.punish(None, False, second, second + 0.5)

    assert rate(budget, 100.0) == pytest.approx(29.7 * LEAST_PACE, rel=0.15)


def rate(budget: Budget, now: float) -> float:
    """Calls a second over all chats, measured over 40 calls after the burst."""
    while budget.earliest(None, now) == now:
        budget.take(None, False, now)
    start = at = budget.earliest(None, now)
    for _ in range(40):
        budget.take(None, False, at)
        at = budget.earliest(None, at)
    return 40 / (at - start)


def test_a_turn_given_back_is_as_if_it_had_not_been():
    """The budget after taking and giving back is the one before."""
    budget = Budget()
    for _ in range(20):
        budget.take(-5, True, 0.0)
    before = budget.earliest(-5, 1.0), budget.earliest(None, 1.0, cost=6)

    budget.take(-5, True, 1.0)
    budget.give_back(-5, 1.0)

    assert (budget.earliest(-5, 1.0), budget.earliest(None, 1.0, cost=6)) == before


def test_calls_of_the_process_before_are_counted():
    """After a restart the group's minute goes on, in whatever order its calls are told."""
    budget = Budget()

    for ago in (5, 50, 20) * 7:
        budget.remember(-5, True, 100.0 - ago)

    assert budget.room(-5, True, 100.0) == 0
    assert budget.earliest(-5, 100.0) == pytest.approx(50 + 60.2)
    assert budget.room(-5, True, 111.0) == 6


def test_idle_chats_are_forgotten():
    """However many chats there are, only those of the last while are remembered."""
    budget, now = Budget(), 0.0
    most = 0

    for chat_id in range(1, 20001):
        now = budget.earliest(chat_id, now, spare=BROADCAST)
        budget.take(chat_id, False, now)
        most = max(most, len(budget))

    assert most < 200


def test_other_limits_can_be_set():
    """A bot that Telegram allows more than usual."""
    budget = Budget(Limits(rate=1000, burst=1000))

    now = 0.0
    for chat_id in range(1, 2001):
        now = budget.earliest(chat_id, now)
        budget.take(chat_id, False, now)

    assert now < 1.3
