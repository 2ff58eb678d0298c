"""What is written comes back: every writable format, any questions."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzes.bank import spreadsheet
from quizzes.bank.carry import FormatCannotCarry, NoSuchFormat
from quizzes.bank.collect import exactly
from quizzes.bank.formats import EXTENSIONS, READERS, WRITERS, read_bank, write_bank
from quizzes.bank.items import Item, Kind, flaws, tidy
from quizzes.bank.words import tags as clean_tags

LOSSLESS = ("csv", "xlsx", "gift", "moodle", "json")
TYPED = ("text", "docx")
EXAMPLES = 25

wild = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(tidy)
signs = st.text(st.sampled_from("ab AB.、:：=~#{}\\|;；()（）[]【】'\"%-+@<>&,，1\n答案解析对错_"), max_size=30).map(
    tidy
)
texts = wild | signs
lines = texts.map(lambda text: " ".join(text.split()))


def _distinct(options: list[str]) -> bool:
    return len({option.casefold() for option in options}) == len(options)


@st.composite
def items(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Item:
    """Any question that may be in a bank."""
    kind = draw(st.sampled_from(Kind))
    filled = text.filter(bool)
    options: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    if kind in (Kind.SINGLE, Kind.SEVERAL):
        options = tuple(draw(st.lists(filled, min_size=2, max_size=8).filter(_distinct)))
        count = 1 if kind is Kind.SINGLE else draw(st.integers(1, len(options)))
        indexes = st.integers(0, len(options) - 1)
        answers = tuple(sorted(draw(st.sets(indexes, min_size=count, max_size=count))))
    elif kind is Kind.TRUE_FALSE:
        answers = (draw(st.integers(0, 1)),)
    elif kind is Kind.FILL_IN:
        accepted = tuple(draw(st.lists(filled, min_size=1, max_size=3, unique=True)))
    else:
        accepted = tuple(draw(st.lists(filled, max_size=1)))
    item = Item(
        kind=kind,
        text=draw(filled),
        options=options,
        answers=answers,
        accepted=accepted,
        explanation=draw(text),
        points=draw(st.none() | st.integers(2, 1000)),
        difficulty=draw(st.none() | st.integers(1, 5)),
        category=draw(st.none() | lines.map(lambda label: label.replace("/", "").strip()).filter(bool)),
        tags=clean_tags("\n".join(draw(st.lists(lines, max_size=3)))),
        media=draw(st.none() | st.sampled_from(["a.png", "https://example.org/b.mp3"])),
    )
    assume(not list(flaws(item)))
    return item


def _without_repeats(bank: list[Item]) -> list[Item]:
    seen: dict[object, Item] = {}
    for item in bank:
        seen.setdefault((item.kind, exactly(item.text), frozenset(map(exactly, item.options)), item.media), item)
    return list(seen.values())


banks = st.lists(items(), min_size=1, max_size=4).map(_without_repeats)


@pytest.mark.parametrize("format_name", LOSSLESS)
@settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(bank=banks)
def test_formats_of_machines_carry_everything(format_name: str, bank: list[Item]) -> None:
    """Each field, whatever its text; or the question is refused by number, never changed."""
    if format_name in ("gift", "moodle"):
        try:
            write_bank(bank, format_name)
        except FormatCannotCarry:
            return

    back = READERS[format_name](write_bank(bank, format_name))

    assert back.errors == ()
    assert list(back.items) == bank


@pytest.mark.parametrize("format_name", TYPED)
@settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(bank=banks)
def test_formats_of_people_carry_the_sense_or_refuse(format_name: str, bank: list[Item]) -> None:
    """A text that looks like a label or an option cannot be typed; what is written means the same."""
    try:
        data = write_bank(bank, format_name)
    except FormatCannotCarry:
        return

    back = READERS[format_name](data).items

    assert [(item.kind, item.answers, len(item.options)) for item in back] == [
        (item.kind, item.answers, len(item.options)) for item in bank
    ]
    assert [exactly(item.text) for item in back] == [exactly(item.text) for item in bank]


calm = st.text(st.sampled_from("公文处理工作条例规定的是关于学习安全知识"), min_size=4, max_size=20)


@pytest.mark.parametrize("format_name", [*LOSSLESS, *TYPED])
@settings(
    deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(bank=st.lists(items(calm), min_size=1, max_size=5).map(_without_repeats))
def test_ordinary_questions_are_carried_whole_by_every_format(format_name: str, bank: list[Item]) -> None:
    """Nothing is refused and nothing is lost where texts are texts."""
    bank = [replace(item, category="公文", tags=("甲", "乙")) for item in bank]

    back = READERS[format_name](write_bank(bank, format_name))

    assert back.errors == ()
    assert list(back.items) == bank


@settings(deadline=None, max_examples=EXAMPLES)
@given(bank=st.lists(items(calm), min_size=1, max_size=5).map(_without_repeats))
def test_aiken_carries_choice_and_true_or_false(bank: list[Item]) -> None:
    """Their text, options and answer, and nothing more."""
    bank = [
        Item(item.kind, item.text, item.options, item.answers)
        for item in bank
        if item.kind in (Kind.SINGLE, Kind.TRUE_FALSE)
    ]
    assume(bank)

    assert list(READERS["aiken"](write_bank(bank, "aiken")).items) == bank


@pytest.mark.parametrize("format_name", [*LOSSLESS, *TYPED])
def test_written_files_are_told_apart_by_their_content(format_name: str) -> None:
    """With the right name, with none, and with a wrong one."""
    bank = (
        Item(Kind.SINGLE, "首都是（ ）。", ("北京", "上海"), (0,), explanation="常识。"),
        Item(Kind.TRUE_FALSE, "鲸是鱼。", (), (1,)),
    )

    data = write_bank(bank, format_name)

    for name in ("题库" + EXTENSIONS[format_name], "", "题库.bin"):
        assert read_bank(data, name).format == format_name
        assert read_bank(data, name).items == bank


def test_every_format_that_is_read_is_written() -> None:
    """No export is missing, and an unknown one is refused by name."""
    assert WRITERS.keys() == READERS.keys() == EXTENSIONS.keys()
    with pytest.raises(NoSuchFormat) as refusal:
        write_bank([], "pdf")
    assert refusal.value.params["name"] == "pdf"


@pytest.mark.parametrize("format_name", sorted(WRITERS))
def test_bank_without_questions_is_written(format_name: str) -> None:
    """An empty export is a file, not an error."""
    assert isinstance(write_bank([], format_name), bytes)


@pytest.mark.parametrize("write", [spreadsheet.to_csv, spreadsheet.to_xlsx])
def test_options_that_begin_with_their_letters(write: Callable[[list[Item]], bytes]) -> None:
    """Reading would take these letters away, so writing adds them."""
    bank = [Item(Kind.SINGLE, "缩写是", ("A. Smith", "B. Jones"), (1,))]

    assert list(spreadsheet.read(write(bank)).items) == bank
