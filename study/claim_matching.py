"""Two-way choice: who gets which item, by deferred acceptance. Pure.

People propose in the order of their wishes; an item keeps whoever it would rather have. So the outcome is *stable*: no
person and item would both rather have each other, and among all stable outcomes it is the best for the people, so that
nobody gains by stating other wishes than their true ones. Where an item does not tell people apart, the lot decides: the order
``lot``, drawn once from a seed that is kept with the result.
"""

import random
from collections.abc import Mapping, Sequence


def draw(people: Sequence[int], seed: int) -> tuple[int, ...]:
    """The order by lot: the same seed and the same people give the same order."""
    order = sorted(people)
    random.Random(seed).shuffle(order)
    return tuple(order)


def ranking(
    wishers: Sequence[int], chosen: Sequence[int], wanted: frozenset[int], lot: Sequence[int]
) -> tuple[int, ...]:
    """The order in which an item would have its wishers: as chosen, then those it was meant for, then the rest, each by lot."""
    at = {person: place for place, person in enumerate(lot)}
    first = [person for person in chosen if person in wishers]
    rest = sorted(set(wishers) - set(first), key=lambda person: (person not in wanted, at[person]))
    return (*first, *rest)


def match(
    wishes: Mapping[int, Sequence[int]], room: Mapping[int, int], preferred: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """The person who gets each item; items that nobody gets are left out.

    ``wishes``: each person's items in order; ``room``: how many more each may hold; ``preferred``: each item's wishers in order.
    """
    rank = {item: {person: at for at, person in enumerate(order)} for item, order in preferred.items()}
    given: dict[int, int] = {}
    next_wish = dict.fromkeys(wishes, 0)
    held = dict.fromkeys(wishes, 0)
    waiting = sorted(wishes, reverse=True)
    while waiting:
        person = waiting[-1]
        if held[person] >= room.get(person, 0) or next_wish[person] >= len(wishes[person]):
            waiting.pop()
            continue
        item = wishes[person][next_wish[person]]
        next_wish[person] += 1
        other = given.get(item)
        if other is None or rank[item][person] < rank[item][other]:
            given[item] = person
            held[person] += 1
            if other is not None:
                held[other] -= 1
                waiting.insert(0, other)
    return given
