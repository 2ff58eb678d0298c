"""From what people wrote to a question: one place for the rules that tables, texts and Word files share."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quizzes.bank import words
from quizzes.bank.items import CHOICE, LETTERS, Fault, Flaw, Item, Kind, letters_of, tidy

LONGEST = 5_000
"""No text of a question may be so long; what is cut here is refused as too long, and no pattern ever runs over megabytes."""

_TEXTS = ("text", "answer", "in_text", "kind", "explanation", "points", "difficulty", "category", "tags", "media")


@dataclass(slots=True)
class Draft:
    """A question as it was found: ``answer`` is ``ABD``, ``对`` or the text to type; what is empty was not given.

    ``number`` is the question's own in its document, which says more than a line where lines are not numbered.

    ``kind`` is the word for it, ``section`` the kinds that its heading allows. ``in_text`` is an answer that stood in the
    brackets of the question itself.
    """

    line: int
    text: str = ""
    options: list[str] = field(default_factory=list)
    answer: str = ""
    in_text: str = ""
    kind: str = ""
    section: tuple[Kind, ...] = ()
    explanation: str = ""
    points: str = ""
    difficulty: str = ""
    category: str = ""
    tags: str = ""
    media: str = ""
    number: int | None = None
    flaws: list[Flaw] = field(default_factory=list)


def settle(draft: Draft) -> tuple[Item, list[Flaw]]:
    """Make the question that the draft means, and name what in the draft could not be understood."""
    for name in _TEXTS:
        if len(text := getattr(draft, name)) > LONGEST:
            setattr(draft, name, text[:LONGEST])
    draft.options = [option[:LONGEST] for option in draft.options]
    found = list(draft.flaws)
    options = _options(draft.options)
    answer = _agreed(draft, found)
    kind = _kind(draft, options, answer, found)
    answers: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    if kind is Kind.FILL_IN:
        accepted = words.accepted_texts(answer, blanks=words.blanks_in(draft.text))
    elif kind is Kind.ORAL:
        accepted = (tidy(answer),) if answer.strip() else ()
    elif kind is Kind.TRUE_FALSE:
        answers, options = _true_or_false(answer, options, found)
    else:
        answers = _chosen(answer, options, found)
    points = difficulty = None
    try:
        points = words.points(draft.points)
    except ValueError:
        found.append(("points", Fault.BAD_POINTS, {"value": draft.points[:40]}))
    try:
        difficulty = words.difficulty(draft.difficulty)
    except ValueError:
        found.append(("difficulty", Fault.BAD_DIFFICULTY, {"value": draft.difficulty[:40]}))
    item = Item(
        kind=kind,
        text=tidy(draft.text),
        options=options,
        answers=answers,
        accepted=accepted,
        explanation=tidy(draft.explanation),
        points=points,
        difficulty=difficulty,
        category=tidy(draft.category) or None,
        tags=words.tags(draft.tags),
        media=draft.media.strip() or None,
    )
    return item, found


def _options(written: Iterable[str]) -> tuple[str, ...]:
    options = [tidy(option) for option in written]
    while options and not options[-1]:
        options.pop()
    return tuple(options)


def _agreed(draft: Draft, found: list[Flaw]) -> str:
    """The answer given apart, or else the one in the brackets; both may be there if they agree."""
    apart, inside = draft.answer.strip(), draft.in_text.strip()
    if apart and inside:
        same = words.letters(apart) == words.letters(inside) and words.truth(apart) == words.truth(inside)
        if not same:
            found.append(("answers", Fault.ANSWERS_DISAGREE, {"first": inside[:40], "second": apart[:40]}))
    return apart or inside


def _kind(draft: Draft, options: tuple[str, ...], answer: str, found: list[Flaw]) -> Kind:
    """The kind that is named, or else the one that options and answer speak for, within what the section allows."""
    allowed = words.kinds_of(draft.kind)
    if not allowed:
        found.append(("kind", Fault.UNKNOWN_KIND, {"kind": draft.kind[:40]}))
    if not draft.kind.strip():
        allowed = draft.section or words.ANY_KIND
    if len(allowed) == 1:
        return allowed[0]
    guess = _guess(draft, options, answer)
    return guess if guess in (allowed or words.ANY_KIND) else allowed[0]


def _guess(draft: Draft, options: tuple[str, ...], answer: str) -> Kind:
    if options:
        if len(options) == 2 and {words.truth(option) for option in options} == {True, False}:
            return Kind.TRUE_FALSE
        return Kind.SEVERAL if len(words.letters(answer) or "") > 1 else Kind.SINGLE
    if words.truth(answer) is not None and not words.blanks_in(draft.text.rstrip(" 　.。()（）")):
        return Kind.TRUE_FALSE
    if words.letters(answer) and len(answer.strip()) <= len(LETTERS):
        return Kind.SINGLE  # its options are missing, and that is what has to be said
    return Kind.FILL_IN if not answer or words.blanks_in(draft.text) or len(answer) <= 30 else Kind.ORAL


def _chosen(answer: str, options: tuple[str, ...], found: list[Flaw]) -> tuple[int, ...]:
    if not answer:
        return ()
    letters = words.letters(answer)
    if letters is None:
        same = [index for index, option in enumerate(options) if option == tidy(answer)]
        if not same:
            found.append(("answers", Fault.ANSWER_UNCLEAR, {"answer": answer[:40]}))
        return tuple(same[:1])
    return tuple(ord(letter) - ord("A") for letter in letters)


def _true_or_false(answer: str, options: tuple[str, ...], found: list[Flaw]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The answer as 0 (true) or 1 (false); options that only say true and false vanish."""
    meaning = tuple(words.truth(option) for option in options)
    if set(meaning) == {True, False} and len(meaning) == 2:
        options = ()
    else:
        meaning = (True, False)  # by custom A is true and B is false
    letters = words.letters(answer)
    said = words.truth(answer)
    if said is None and letters and len(letters) == 1 and ord(letters) - ord("A") < 2:
        said = meaning[ord(letters) - ord("A")]
    if said is None and answer:
        found.append(("answers", Fault.ANSWER_UNCLEAR, {"answer": answer[:40]}))
    return (() if said is None else (0 if said else 1,)), options


_KINDS_IN_CHINESE = {
    Kind.SINGLE: "单选",
    Kind.SEVERAL: "多选",
    Kind.TRUE_FALSE: "判断",
    Kind.FILL_IN: "填空",
    Kind.ORAL: "简答",
}


def written(item: Item, *, chinese: bool = True) -> dict[str, str]:
    """The fields of a question as people write them, options apart; ``settle`` understands them again."""
    if item.kind in CHOICE:
        answer = letters_of(item.answers)
    elif item.kind is Kind.TRUE_FALSE:
        answer = ("对" if chinese else "true") if item.answers == (0,) else ("错" if chinese else "false")
    elif item.kind is Kind.FILL_IN:
        answer = words.accepted_line(item.accepted)
    else:
        answer = "\n".join(item.accepted)
    return {
        "kind": _KINDS_IN_CHINESE[item.kind] if chinese else item.kind.value,
        "text": item.text,
        "answer": answer,
        "explanation": item.explanation,
        "points": "" if item.points is None else str(item.points),
        "difficulty": "" if item.difficulty is None else str(item.difficulty),
        "category": item.category or "",
        "tags": ("；" if chinese else "; ").join(item.tags),
        "media": item.media or "",
    }
