"""The feed: each viewer gets what it lacks, no less and no more, however slow it is."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quizzes.feed import Beat, Change, Feed, Gone, Viewer

SECTIONS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))


def told(change: object) -> dict[str, Any]:
    assert isinstance(change, Change)
    body: dict[str, Any] = json.loads(change.body)
    assert body["id"] == change.id
    return body


async def test_first_look_is_everything_and_then_only_what_changed() -> None:
    """An update carries the sections that are new, whatever else there is."""
    feed = Feed()
    feed.publish({"question": "?", "scores": [1, 2], "phase": "reading"})
    viewer = feed.view()
    first = told(await viewer.next())

    feed.publish({"question": "?", "scores": [1, 2], "phase": "buzzing"})

    assert (first["full"], first["sections"]) == (True, {"question": "?", "scores": [1, 2], "phase": "reading"})
    second = told(await viewer.next())
    assert (second["full"], second["sections"]) == (False, {"phase": "buzzing"})


async def test_same_state_again_is_no_news() -> None:
    """Events that the hall does not see send nothing."""
    feed = Feed()

    assert feed.publish({"phase": "lobby"})
    assert not feed.publish({"phase": "lobby"})


async def test_section_that_is_gone_becomes_nothing() -> None:
    """A contest ends and the hall waits: what belonged to it disappears."""
    feed = Feed()
    feed.publish({"phase": "finished", "scores": [1]})
    viewer = feed.view()
    await viewer.next()

    feed.publish({"phase": "waiting"})

    assert told(await viewer.next())["sections"] == {"phase": "waiting", "scores": None}


async def test_returning_viewer_catches_up_from_what_it_has() -> None:
    """A reconnect with the last id gets the changes in between, once; an id of another process gets everything."""
    feed = Feed()
    feed.publish({"a": 1, "b": 1, "c": 1})
    first = told(await feed.view().next())
    feed.publish({"a": 2, "b": 1, "c": 1})
    feed.publish({"a": 2, "b": 2, "c": 1})

    back, stranger = feed.view(first["id"]), feed.view("deadbeef-1")

    assert told(await back.next())["sections"] == {"a": 2, "b": 2}
    assert told(await stranger.next())["full"] is True


async def test_returning_viewer_that_lacks_nothing_gets_nothing() -> None:
    """Nothing is sent twice: the next thing it hears is a beat."""
    feed = Feed()
    feed.publish({"a": 1})
    first = told(await feed.view().next())
    back = feed.view(first["id"])

    feed.beat()

    assert isinstance(await back.next(), Beat)


async def test_end_comes_before_anything_else() -> None:
    """Who is let go gets no more states, not even one that waits."""
    feed = Feed()
    viewer = feed.view()
    feed.publish({"a": 1})

    feed.end()

    assert isinstance(await viewer.next(), Gone)


@given(st.lists(st.tuples(SECTIONS, st.sets(st.integers(0, 2))), max_size=20))
async def test_every_viewer_ends_with_the_newest_state(steps: list[tuple[dict[str, int], set[int]]]) -> None:
    """Three viewers look when they like: each always has a state that was shown, and at the end the newest."""
    feed = Feed()
    viewers = [feed.view() for _ in range(3)]
    seen: list[dict[str, int]] = [{}, {}, {}]
    shown: list[dict[str, int]] = [{}]

    async def look(viewer: Viewer, place: int) -> None:
        change = told(await viewer.next())
        state = change["sections"] if change["full"] else {**seen[place], **change["sections"]}
        seen[place] = {name: value for name, value in state.items() if value is not None}

    for state, looking in steps:
        if feed.publish(state):
            shown.append(state)
        for place in looking:
            if viewers[place].seen < feed.number:
                await look(viewers[place], place)
                assert seen[place] == shown[-1]
    for place, viewer in enumerate(viewers):
        if viewer.seen < feed.number:
            await look(viewer, place)
        assert seen[place] == shown[-1]


async def test_nothing_piles_up_for_somebody_who_does_not_read() -> None:
    """A thousand states later one change waits, with the newest state in it."""
    feed = Feed()
    sleeper = feed.view()
    for number in range(1000):
        feed.publish({"number": number, "same": "x" * 10})

    assert told(await sleeper.next())["sections"] == {"number": 999, "same": "x" * 10}
    feed.beat()
    assert isinstance(await sleeper.next(), Beat)
