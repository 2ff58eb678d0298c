"""A player's own review: pages of questions with their answers, what was right and why."""

from handlers.callback_data import pack
from handlers.present.contest_words import title_of
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape, italic
from quizzes.bank.items import LETTERS
from quizzes.reviews import Entry, ReviewCard, ReviewMenu

LINK = "rev_"
"""How the payload of a link to a review begins; the contest's number follows."""
_MARKS = {"right": "✅", "wrong": "❌", "silent": "⚪", "others": "👥", "nobody": "⌛", "void": "🚫"}
_LINES = {
    "silent": N_("You gave no answer."),
    "others": N_("Others answered this question."),
    "nobody": N_("Nobody buzzed."),
    "void": N_("This question does not count."),
}


@shows(ReviewCard)
def review(view: ReviewCard, t: Texts) -> Shown:
    """A page; the player's own figures stand at the top of each."""
    day = t.day(view.opened_at.astimezone(t.zone).date())
    name = bold(t.html("Your review"))
    head = f"📖 {name} · {escape(title_of(view.title, t))} · {escape(view.bank)} · {day}"
    parts = [f"{head}\n{_figures(view, t)}", *(_entry(entry, t) for entry in view.entries)]
    if not view.entries:
        parts.append(italic(t.html("No question was closed in this contest.")))
    rows = pager(view.page, view.pages, lambda page: pack("rev", "page", view.contest_id, page), t)
    return Shown("\n\n".join(parts), tuple(rows))


def _figures(view: ReviewCard, t: Texts) -> str:
    given = view.right + view.wrong
    share = f"{view.right / given:.0%}" if given else "–"
    lines = [
        t.html(
            "Place {rank} of {of}, {score} points; {right} right, {wrong} wrong, accuracy {share}",
            rank=view.rank,
            of=view.of,
            score=view.score,
            right=view.right,
            wrong=view.wrong,
            share=share,
        )
    ]
    if view.mean_ms is not None:
        lines.append(t.html("Mean time of an answer: {seconds:.1f} s", seconds=view.mean_ms / 1000))
    if view.team is not None:
        lines.append(t.html("Your team: {team}, place {rank}", team=view.team, rank=view.team_rank))
    return "\n".join(lines)


def _entry(entry: Entry, t: Texts) -> str:
    options = [t(option) for option in entry.options] if entry.kind == "true_false" else list(entry.options)
    lines = [f"{_MARKS[entry.verdict]} {bold(f'{entry.number}. {escape(entry.text)}')}"]
    for place, option in enumerate(options):
        line = f"{LETTERS[place]}. {escape(option)}"
        lines.append(f"<b>{line}</b> ✔" if entry.answer is not None and LETTERS[place] in entry.answer else line)
    if not options and entry.answer:
        lines.append(t.html("Right answer: {answer}", answer=entry.answer))
    lines.append(_verdict(entry, t))
    if entry.explanation:
        lines.append(f"💡 {escape(entry.explanation)}")
    return "\n".join(lines)


def _verdict(entry: Entry, t: Texts) -> str:
    if entry.verdict in _LINES:
        return t.html(_LINES[entry.verdict])
    word = t.html("right") if entry.verdict == "right" else t.html("wrong")
    chosen = entry.chosen or (t("spoken aloud") if entry.spoken else t("nothing in time"))
    points = f"{entry.points:+d}"
    if entry.own:
        return t.html("Your answer: {chosen}, {word}, {points}", chosen=chosen, word=word, points=points)
    if not entry.by:
        return t.html("Your team: {chosen}, {word}, {points}", chosen=chosen, word=word, points=points)
    return t.html(
        "Answer of your team ({name}): {chosen}, {word}, {points}",
        name=entry.by, chosen=chosen, word=word, points=points,
    )  # fmt: skip


@shows(ReviewMenu)
def menu(view: ReviewMenu, t: Texts) -> Shown:
    """Which contest to look back upon."""
    rows = []
    for choice in view.contests:
        label = f"{t.day(choice.opened_at.astimezone(t.zone).date())} {title_of(choice.title, t)} · {choice.bank}"
        rows.append((Button(short(label), pack("rev", "open", choice.contest_id)),))
    return Shown(t.html("Which contest do you want to look back upon?"), tuple(rows))


def button(contest_id: int, t: Texts) -> Button:
    """The button on the standings."""
    return Button(t("My review"), pack("rev", "mine", contest_id))


def link(me: str, contest_id: int) -> str:
    """Where a press leads that cannot be answered in private yet."""
    return f"https://t.me/{me}?start={LINK}{contest_id}"


def contest_of(payload: str) -> int | None:
    """The contest that such a link means; None if it means none."""
    number = payload.removeprefix(LINK)
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 18 else None


def sent(t: Texts) -> str:
    """What the press answers when the review is on its way."""
    return t("Your review comes in private.")
