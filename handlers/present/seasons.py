"""How a season looks: standings, the points to be confirmed, the ledger."""

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape
from quizzes.season_rules import Subject
from quizzes.season_views import EntryDraft, EntryLine, Ledger, NoSeason, SeasonCard, SeasonNote

__all__ = ["NoSeason", "SeasonNote"]

_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
_SUBJECTS = {Subject.UNIT: N_("Units"), Subject.TEAM: N_("Teams"), Subject.PERSON: N_("People")}
_LINES_SHOWN = 30
ERRORS = {
    "quiz.no_season": N_(
        "There is no such season here. An organiser opens one like this: /season new NAME 2026-03-01 2026-06-30"
    ),
    "quiz.season_name_taken": N_("There is a season called “{name}” already."),
    "quiz.season_days_wrong": N_("A season cannot end on {last} if it begins on {first}."),
    "quiz.subject_unknown.none": N_("Nobody is called “{name}”: no unit, nobody on the roster, no team of a contest."),
    "quiz.subject_unknown.several": N_(
        "Several people are called “{name}”. Write the person's code of the roster instead."
    ),
    "quiz.zero_points": N_("That would be 0 points. Write the points, or a place that earns some."),
    "quiz.no_reason": N_("Please add a reason at the end; it stays on record."),
    "quiz.entry_gone": N_("This was entered or dropped already, or somebody else wrote it."),
    "quiz.no_such_entry": N_(
        "No entry that could be taken back has the number {number}. The numbers are in /season ledger"
    ),
    "quiz.already_reversed": N_("Entry {number} was taken back already."),
    "quiz.no_such_item": N_("There is no contest or tournament with the number {number}."),
}


@shows(NoSeason)
def no_season(_view: NoSeason, t: Texts) -> Shown:
    """Before the first season."""
    return Shown(
        t.html(
            "There is no season yet. An organiser opens one like this: {usage}",
            usage=t("/season new Spring-2026 2026-03-01 2026-06-30"),
        )
    )


@shows(SeasonCard)
def card(view: SeasonCard, t: Texts) -> Shown:
    """The standings; the others a button away."""
    days = f"{view.first_day:%Y-%m-%d} – {view.last_day:%Y-%m-%d}"
    head = f"📅 {bold(escape(view.name))} · {days}"
    counted = t.html(
        "{contests} contests, {tournaments} tournaments, {entries} entries by hand",
        contests=view.contests,
        tournaments=view.tournaments,
        entries=view.entries,
    )
    places = t.html("Points for places: {places}", places=" / ".join(map(str, view.places)))
    lines: list[str] = [bold(t.html(_SUBJECTS[view.subject]))]
    for line in view.lines[:_LINES_SHOWN]:
        place = _MEDALS.get(line.rank) or f"{line.rank}."
        points = bold(str(line.points))
        score = t.html("{name}  {points} points", name=line.name, points=points)
        lines.append(f"{place} {score}")
    if not view.lines:
        lines.append(t.html("Nothing counts yet."))
    others = tuple(
        Button(t(name), pack("season", "show", view.season_id, subject.value))
        for subject, name in _SUBJECTS.items()
        if subject is not view.subject
    )
    ledger = Button(t("Entries by hand"), pack("season", "ledger", view.season_id))
    return Shown("\n\n".join([f"{head}\n{counted}\n{places}", "\n".join(lines)]), (others, (ledger,)))


def _points(line: EntryLine, t: Texts) -> str:
    worth = t("{points} points", points=f"{line.points:+d}")
    return worth if line.place is None else t("place {place}, {worth}", place=line.place, worth=worth)


@shows(EntryDraft)
def draft(view: EntryDraft, t: Texts) -> Shown:
    """What would be entered, and what follows from it."""
    lines = [
        t.html(
            "{event}: {name}, {points} ({reason})",
            event=line.event,
            name=line.name,
            points=_points(line, t),
            reason=line.reason,
        )
        for line in view.lines
    ]
    after = [
        t.html("{name} would then have {points} points, rank {rank}", name=name, points=points, rank=rank)
        for _, name, points, rank in view.after
    ]
    ask = t.html("Enter this in the season “{season}”? Nothing has been entered yet.", season=view.season)
    buttons = (
        Button(t("Confirm"), pack("season", "ok", view.draft_id)),
        Button(t("Drop it"), pack("season", "drop", view.draft_id)),
    )
    return Shown("\n\n".join([ask, "\n".join(lines), "\n".join(after)]), (buttons,))


@shows(Ledger)
def ledger(view: Ledger, t: Texts) -> Shown:
    """The newest entries, with who wrote them."""
    lines = [_ledger_line(line, t) for line in view.lines]
    if view.more:
        lines.insert(0, t.html("… and {n} older ones: studyhall export season", n=view.more))
    title = t.html("Entries by hand, {season}", season=view.season)
    return Shown("\n".join([bold(title), *(lines or [t.html("Nothing was entered yet.")])]))


def _ledger_line(line: EntryLine, t: Texts) -> str:
    what = t.html(
        "{event}: {name}, {points} ({reason})",
        event=line.event,
        name=line.name,
        points=_points(line, t),
        reason=line.reason,
    )
    if line.reversed:
        what = f"<s>{what}</s>"
    if line.reverses is not None:
        back = t.html("takes back {number}", number=f"#{line.reverses}")
        what = f"{what} ↩️ {back}"
    at = "" if line.at is None else t.moment(line.at)
    return f"#{line.id} {what} · {escape(line.author)} {at}"


_NOTES = {
    "entered": N_("Entered in the season “{name}”: {number}"),
    "dropped": N_("Dropped; nothing was entered."),
    "reversed": N_("Entry {number} is taken back by an entry of its own."),
    "omitted": N_("It does not count in this season."),
    "counted": N_("It counts in this season."),
}


@shows(SeasonNote)
def note(view: SeasonNote, t: Texts) -> Shown:
    """One sentence."""
    return Shown(t.html(_NOTES[view.what], name=view.name, number=view.number))
