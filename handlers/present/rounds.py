"""Rounds as organisers, members and observers see them in private."""

from collections.abc import Mapping

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.round_words import STATES, head_line, teams_lines
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Html, Texts, bold, escape
from study.round_views import (
    DutyLine,
    DutyList,
    OwnRound,
    RoundAsked,
    RoundChanged,
    RoundDetail,
    RoundHead,
    RoundKept,
    RoundList,
    RoundOwn,
    WordsWanted,
)

ERRORS: Mapping[str, str] = {
    "round_observer": N_(
        "You are an observer: you may sit in and comment, but not speak, vote, evaluate or run the meeting."
    ),
    "round_for_observers": N_("Only observers of this unit or of one above it comment on a round from outside."),
    "round_not_in": N_("You are not in this group. /round shows yours."),
    "round_moved_on": N_("Somebody was quicker; the card shows how things are now."),
    "round_not_open": N_("This group is not meeting at the moment."),
    "round_begun": N_("That is not possible any more (or not yet): the round has gone on. /round shows how far it is."),
    "round_in_past": N_("That time is over already. Please send a later one."),
    "round_time_unreadable": N_("Please send a day and a time, for example: 2026-12-02 15:00"),
    "round_words_missing": N_("Please write it in words."),
    "round_hosted": N_("{name} is in the chair already."),
}
_NAMES = 40


def _names(names: tuple[str, ...], t: Texts) -> str:
    shown = t(", ").join(names[:_NAMES])
    return shown if len(names) <= _NAMES else t("{names} and {n} others", names=shown, n=len(names) - _NAMES)


@shows(RoundList)
def listing(view: RoundList, t: Texts) -> Shown:
    """The rounds of one's units, a button each."""
    if not view.lines:
        return Shown(t.html("There are no rounds in your units at the moment."))
    lines: list[str] = [bold(t.html("Rounds")), ""]
    rows: list[tuple[Button, ...]] = []
    for line in view.lines:
        head = line.head
        state = t(STATES[head.state])
        lines.append(f"{head_line(head, t)} · {escape(state)}")
        if head.state == "announced":
            lines.append(t.html("  read: {read} of {people}", read=line.read, people=line.people))
        elif head.state in ("open", "evaluating", "closed"):
            lines.append(t.html("  came: {came} of {people}", came=line.came, people=line.people))
        label = f"{t.moment(head.starts_at)} {head.unit}"
        rows.append((Button(cut(label), pack("round_see", head.id)),))
    rows += pager(view.page, view.pages, lambda page: pack("round_list", page), t)
    return Shown("\n".join(lines), tuple(rows))


@shows(RoundDetail)
def detail(view: RoundDetail, t: Texts) -> Shown:
    """One round: how far it is, who has not read, what its reminder says; and what can be done."""
    head = view.head
    lines = [head_line(head, t), t.html("How far: {state}", state=t(STATES[head.state]))]
    if view.moved:
        lines.append(t.html("Moved by hand; by the rule it is on {day}.", day=t.date(view.nominal)))
    if view.teams:
        lines += ["", *teams_lines(view.teams, t)]
    if view.reads and view.people:
        lines += ["", t.html("Read beforehand: {read} of {people}", read=view.read, people=view.people)]
        if view.unread and head.state in ("announced", "open"):
            lines.append(t.html("Not yet: {names}", names=_names(view.unread, t)))
    if view.remind_at is not None:
        says = view.reminder or (view.standard.within(t.language) if view.standard else "")
        lines += ["", t.html("Reminder: {at}", at=t.moment(view.remind_at))]
        lines.append(escape(says) if says else t.html("(the bot's own words)"))
    if view.due_at is not None and head.state == "evaluating":
        lines += ["", t.html("The forms are open until {at}.", at=t.moment(view.due_at))]
    return Shown("\n".join(lines), _choices(view, t))


def _choices(view: RoundDetail, t: Texts) -> tuple[tuple[Button, ...], ...]:
    head = view.head

    def do(label: str, what: str) -> Button:
        return Button(label, pack("round_do", what, head.id))

    def say(label: str, what: str) -> Button:
        return Button(label, pack("round_ask", what, head.id))

    back = Button(t("‹ All rounds"), pack("round_list", 0))
    if view.asks:
        return (
            (do(t("Yes, call this round off"), "cancel"),),
            (Button(t("No, leave it"), pack("round_see", head.id)),),
        )
    match head.state:
        case "planned" | "announced":
            return (
                (say(t("Another time"), "move"), say(t("Edit the reminder"), "reminder")),
                (say(t("Edit the reading"), "reading"),),
                (do(t("Open now"), "open"), do(t("Call this round off"), "sure")),
                (back,),
            )
        case "open":
            return ((do(t("End the meeting"), "end"), do(t("Summary so far"), "sum")), (back,))
        case "evaluating":
            return ((do(t("End the evaluation"), "close"), do(t("Summary so far"), "sum")), (back,))
        case "closed":
            return ((do(t("See the summary"), "sum"),), (back,))
        case _:
            return ((back,),)


@shows(RoundOwn)
def own(view: RoundOwn, t: Texts) -> Shown:
    """One's rounds and what is left to do for them."""
    if not view.rounds and not view.planned:
        return Shown(t.html("There is no round for you at the moment. You will be told of the next one."))
    lines: list[str] = [bold(t.html("Your rounds"))]
    rows: list[tuple[Button, ...]] = []
    for one in view.rounds:
        lines += ["", head_line(one.head, t), _left_to_do(one, t)]
        if one.to_read:
            rows.append((Button(t("Read"), pack("round_read", one.head.id)),))
        rows.append((Button(cut(t("Open: {at}", at=t.moment(one.head.starts_at))), pack("round_call", one.head.id)),))
    for head in view.planned:
        lines += ["", head_line(head, t), t.html("You will be told in time what to read before.")]
    return Shown("\n".join(lines), tuple(rows))


def _left_to_do(one: OwnRound, t: Texts) -> str:
    parts = []
    if one.teams > 1:
        parts.append(t.html("group {number} of {teams}", number=one.number, teams=one.teams))
    if one.head.state == "announced":
        parts.append(t.html("please read beforehand") if one.to_read else t.html("all is done"))
        parts.append(t.html("you speak as number {place}", place=one.place))
    else:
        parts.append(escape(t(STATES[one.head.state])))
    return " · ".join(parts)


_ASKED = {
    "move": N_("Please send the new day and time, for example: 2026-12-02 15:00"),
    "reminder": N_("Please send what the reminder of this round is to say."),
    "reading": N_(
        "Please send what is to be read before this round, a line each, with its address at the end if it has one."
    ),
    "words": N_("Please send your closing words; they stand in the summary."),
    "comment": N_("Please send your comment; it stands in the summary under your name."),
}


@shows(RoundAsked)
def asked(view: RoundAsked, t: Texts) -> Shown:
    """What is wanted, and what stands there now."""
    lines = [head_line(view.head, t), "", t.html(_ASKED[view.what])]
    if view.now_says:
        lines += ["", t.html("Now it says:"), escape(view.now_says)]
    rows: tuple[tuple[Button, ...], ...] = ()
    if view.what == "reminder" and view.now_says:
        rows = ((Button(t("Back to the standard words"), pack("round_do", "plain", view.head.id)),),)
    return Shown("\n".join(lines), rows)


_KEPT = {
    "reminder": N_("The reminder of this round says from now on:"),
    "reading": N_("To be read before this round from now on:"),
    "words": N_("Your closing words are kept:"),
    "comment": N_("Your comment is kept:"),
}


@shows(RoundKept)
def kept(view: RoundKept, t: Texts) -> Shown:
    """It was understood, and what stands there now."""
    if not view.text:
        text = t.html("The reminder has its standard words again.")
        return Shown(f"{head_line(view.head, t)}\n\n{text}")
    return Shown(f"{head_line(view.head, t)}\n\n{t.html(_KEPT[view.what])}\n{escape(view.text)}")


@shows(RoundChanged)
def changed(view: RoundChanged, t: Texts) -> Shown:
    """A round is at another time, or not at all."""
    if view.what == "cancelled":
        text = t.html("This round is called off.")
        return Shown(f"{head_line(view.head, t)}\n{text}")
    if view.what == "missed":
        text = t.html("This round was not opened because the bot was down. /round opens it or moves it.")
        return Shown(f"{head_line(view.head, t)}\n{text}")
    before = "" if view.before is None else t.moment(view.before)
    text = t.html("Moved; it was to be on {before}.", before=before)
    return Shown(f"{head_line(view.head, t)}\n{text}")


@shows(WordsWanted)
def words_wanted(view: WordsWanted, t: Texts) -> Shown:
    """A few words for the summary?"""
    text = t.html("The meeting is over. You may add closing words to the summary.")
    return Shown(
        f"{head_line(view.head, t)}\n{text}",
        ((Button(t("Write closing words"), pack("round_ask", "words", view.group)),),),
    )


_EVERY = {"day": N_("each day"), "week": N_("each week"), "month": N_("each month")}


@shows(DutyList)
def duties(view: DutyList, t: Texts) -> Shown:
    """An observer's own list, and the rounds to sit in."""
    lines: list[str] = []
    rows: list[tuple[Button, ...]] = []
    if view.duties:
        lines.append(bold(t.html("Your regular duties")))
        lines += [_duty(one, t) for one in view.duties]
        for duty in view.duties:
            if duty.done_at is None:
                label = t("Done: {title}", title=duty.title.within(t.language))
                rows.append((Button(cut(label), pack("round_duty", duty.key)),))
    if view.rounds:
        lines += ["", bold(t.html("Rounds that you may sit in"))]
        for head in view.rounds:
            lines.append(f"{head_line(head, t)} · {escape(t(STATES[head.state]))}")
            rows.append((_comment(head, t),))
    if not lines:
        lines.append(t.html("There is nothing to observe at the moment."))
    return Shown("\n".join(lines).strip(), tuple(rows))


def _comment(head: RoundHead, t: Texts) -> Button:
    label = t("Comment: {unit} {at}", unit=head.unit, at=t.moment(head.starts_at))
    return Button(cut(label), pack("round_ask", "comment", head.id))


def _duty(one: DutyLine, t: Texts) -> Html:
    title, period = one.title.within(t.language), t(_EVERY[one.every])
    if one.done_at is not None:
        return Html(t.html("✅ {title} ({period}): done {at}", title=title, period=period, at=t.moment(one.done_at)))
    due = "" if one.due is None else t.date(one.due)
    return Html(t.html("⬜ {title} ({period}): by {due}", title=title, period=period, due=due))


def read(t: Texts, *, new: bool) -> str:
    """The toast after it was acknowledged."""
    return t("Noted: you have read everything.") if new else t("You had acknowledged it already.")


def here(t: Texts, *, new: bool) -> str:
    """The toast for whoever is there."""
    return t("You are on the register.") if new else t("You are on the register already.")


def hosting(t: Texts) -> str:
    """The toast for whoever took the chair."""
    return t("You are in the chair: the buttons below the card are yours.")


def in_private(t: Texts) -> str:
    """The toast that sends somebody to the private chat."""
    return t("Please go on in the private chat with me.")


def duty_done(t: Texts, *, new: bool) -> str:
    """The toast after a duty was ticked."""
    return t("Ticked.") if new else t("It was ticked already.")
