"""The rules of items that people take on, of two-way choice, and of ideas that are alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.claim_errors import ItemMoved, ItemOwn, ItemTaken
from study.claim_matching import draw, match, ranking
from study.claim_moves import (
    Accept,
    Approve,
    Assign,
    Claim,
    Close,
    Command,
    Decline,
    Event,
    Release,
    Reopen,
    Report,
    Return,
    Withdraw,
)
from study.claim_rules import Item, ItemState, Terms, decide, due_day, evolve, replay
from study.errors import StudyError
from study.idea_rules import alike, likeness

DAY = date(2026, 3, 2)
TERMS = Terms(days=(10, 20, 30), most=2)
people = st.integers(1, 3)
reasons = st.sampled_from(["", "why"])
commands = st.one_of(
    st.builds(Claim, people, st.integers(0, 3)),
    st.builds(Assign, people),
    st.builds(Approve, people),
    st.builds(Decline, people, reasons),
    st.builds(Withdraw, people),
    st.builds(Report, people, st.integers(0, 2), st.integers(0, 1)),
    st.builds(Accept, people, st.integers(0, 4)),
    st.builds(Return, people, st.integers(0, 4), reasons),
    st.builds(Close, people, reasons),
    st.builds(Reopen, people, reasons),
    st.builds(Release, people, reasons),
)


@given(st.lists(st.tuples(commands, st.integers(0, 9)), max_size=40), st.booleans(), st.booleans())
def test_whatever_is_asked_the_log_gives_the_item(
    asked: list[tuple[Command, int]], approval: bool, evidence: bool
) -> None:
    """Only refusals escape; the replay of the log is the item; what cannot be never is."""
    terms = Terms(days=(10, 20, 30), most=2, approval=approval, evidence=evidence)
    item, log, today = Item(), list[Event](), DAY

    for command, days in asked:
        today += timedelta(days=days)
        try:
            events = decide(item, command, terms, today=today)
        except StudyError:
            continue
        for event in events:
            item = evolve(item, event, len(terms.days))
        log += events

        assert (item.holder is None) or item.state is not ItemState.OPEN
        assert item.state is not ItemState.HELD or (item.holder is not None and item.since is not None)
        assert item.reached <= len(terms.days)
        assert item.finished == (item.state is ItemState.CLOSED and item.reached == len(terms.days))
    assert replay(log, len(terms.days)) == item


def test_who_comes_second_hears_who_was_first_and_nobody_rules_on_their_own() -> None:
    """The second claim is refused; the holder cannot accept; a ruling on an older version is refused."""
    item = Item()
    for command in (Claim(1, 0), Report(1, 5, 0), Report(1, 9, 0)):
        for event in decide(item, command, TERMS, today=DAY):
            item = evolve(item, event, 3)

    with pytest.raises(ItemTaken):
        decide(item, Claim(2, 0), TERMS, today=DAY)
    with pytest.raises(ItemOwn):
        decide(item, Accept(1, 2), TERMS, today=DAY)
    with pytest.raises(ItemMoved):
        decide(item, Accept(2, 1), TERMS, today=DAY)


def test_milestones_follow_one_another_and_end_with_the_items_deadline() -> None:
    """Ten, thirty and sixty days after the claim, but never after the deadline of the item."""
    item = evolve(Item(), decide(Item(), Assign(1), TERMS, today=DAY)[0], 3)
    limited = Terms(days=TERMS.days, most=1, deadline=DAY + timedelta(days=40))

    assert [due_day(item, TERMS, at) for at in range(3)] == [DAY + timedelta(days=n) for n in (10, 30, 60)]
    assert [due_day(item, limited, at) for at in range(3)] == [DAY + timedelta(days=n) for n in (10, 30, 40)]


wished = st.dictionaries(st.integers(1, 6), st.lists(st.integers(11, 15), unique=True, max_size=4), max_size=6)


@given(wished, st.integers(0, 2**32), st.integers(1, 2), st.data())
def test_two_way_choice_is_stable_and_the_same_seed_gives_the_same(
    wishes: dict[int, list[int]], seed: int, room: int, data: st.DataObject
) -> None:
    """No person and item would both rather have each other; nobody gets what they did not wish for, or too much."""
    lot = draw(sorted(wishes), seed)
    preferred = {}
    for item in sorted({item for items in wishes.values() for item in items}):
        wishers = [person for person, items in wishes.items() if item in items]
        chosen = data.draw(st.lists(st.sampled_from(wishers), unique=True))
        preferred[item] = ranking(wishers, chosen, frozenset(), lot)
        assert preferred[item][: len(chosen)] == tuple(chosen)
    rooms = dict.fromkeys(wishes, room)

    given_ = match(wishes, rooms, preferred)

    assert given_ == match(wishes, rooms, preferred)
    for person, items in wishes.items():
        held = [item for item, holder in given_.items() if holder == person]
        assert set(held) <= set(items)
        assert len(held) <= room
        worst = max((items.index(item) for item in held), default=-1)
        for place, item in enumerate(items):
            would = item not in held and (len(held) < room or place < worst)
            holder = given_.get(item)
            rather = holder is None or preferred[item].index(person) < preferred[item].index(holder)
            assert not (would and rather)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_in_both_directions(one: str, other: str) -> None:
    """Between 0 and 1, whichever comes first."""
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_ideas_that_say_the_same_are_found_and_others_are_not() -> None:
    """Another order of words and other punctuation do not hide a look-alike."""
    known = [(1, "在社区设立周末办事窗口，方便上班群众"), (2, "会议资料一律改发电子版"), (3, "社区增设周末办事窗口")]

    assert alike("社区设立周末办事窗口", known) == (3, 1)
    assert alike("给老旧小区加装电梯", known) == ()
