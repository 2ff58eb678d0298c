"""Rounds as groups see them: the announcement, the meeting's one card, the summary; and each person's own call."""

from handlers.callback_data import pack
from handlers.present.round_words import agenda_line, head_line, musts_title, numbered, teams_lines
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Html, Texts, bold, escape, italic
from study.round_views import (
    FormSummary,
    RoundAnnounced,
    RoundCall,
    RoundCard,
    RoundSummary,
    SpeakerLine,
    TeamSummary,
)

_COMMENTS = 10
_WORDS = 600


def _what_to_read(view: RoundAnnounced | RoundCall, t: Texts) -> list[str]:
    lines: list[str] = []
    if view.reading:
        lines += ["", bold(t.html("To read beforehand")), *numbered(view.reading, t)]
    if view.musts:
        lines += ["", musts_title(len(view.musts), t), *numbered(view.musts, t)]
    if view.agenda:
        lines += ["", agenda_line(view.agenda, t)]
    if view.reading and view.musts:
        lines.append(italic(t.html("Read everything beforehand; in the meeting the essentials are studied.")))
    return lines


def _reminder(view: RoundAnnounced | RoundCall, t: Texts) -> list[str]:
    said = view.reminder or (view.standard.within(t.language) if view.standard is not None else "")
    return ["", escape(said)] if said else []


@shows(RoundAnnounced)
def announced(view: RoundAnnounced, t: Texts) -> Shown:
    """A round is coming, or is near."""
    opening = t.html("🔔 Reminder of the round") if view.reminds else t.html("📣 The next round")
    lines: list[str] = [opening, head_line(view.head, t)]
    if view.reminds:
        lines += _reminder(view, t)
    lines += ["", *teams_lines(view.teams, t), *_what_to_read(view, t)]
    if not view.reading:
        return Shown("\n".join(lines))
    lines += ["", t.html("Read: {read} of {people}", read=view.read, people=view.people)]
    return Shown("\n".join(lines), ((Button(t("Read"), pack("round_read", view.head.id)),),))


@shows(RoundCall)
def call(view: RoundCall, t: Texts) -> Shown:
    """What one person has to do for a round."""
    lines: list[str] = [head_line(view.head, t)]
    if view.observer:
        lines += ["", t.html("You may sit in as an observer. What you have to say goes into the summary.")]
        lines += _what_to_read(view, t)
        return Shown("\n".join(lines), ((Button(t("Write a comment"), pack("round_ask", "comment", view.head.id)),),))
    if view.reminds:
        lines[0] = f"🔔 {lines[0]}"
        lines += _reminder(view, t)
    where = t("group {number} of {teams}", number=view.number, teams=view.teams) if view.teams > 1 else ""
    order = t.html("You speak as number {place}; {seconds}.", place=view.place, seconds=_length(view.seconds, t))
    lines += ["", f"{escape(where)} · {order}" if where else order, *_what_to_read(view, t)]
    if not view.reading:
        return Shown("\n".join(lines))
    if view.has_read:
        return Shown("\n".join([*lines, "", t.html("✅ You have acknowledged that you read it.")]))
    lines += ["", t.html("Please press when you have read everything.")]
    return Shown("\n".join(lines), ((Button(t("Read"), pack("round_read", view.head.id)),),))


def _length(seconds: int, t: Texts) -> str:
    if seconds % 60:
        return t.plural("{n} second to speak", "{n} seconds to speak", seconds)
    return t.plural("{n} minute to speak", "{n} minutes to speak", seconds // 60)


_MARKS = {"spoke": "✅", "skipped": "➖", "absent": "❌", "leave": "🏖", "waiting": "▫️"}
_NOTES = {"skipped": N_("was skipped"), "absent": N_("absent"), "leave": N_("on leave")}


def _line(number: int, line: SpeakerLine, view: RoundCard, t: Texts) -> str:
    mark = "🎤" if line.speaks else _MARKS[line.status]
    name = bold(escape(line.name)) if line.speaks else escape(line.name)
    read = " 📖" if view.reads and line.has_read else ""
    here = " ·" + t("is here") if line.is_here and line.status == "waiting" and not line.speaks else ""
    note = f" ({t(_NOTES[line.status])})" if line.status in _NOTES else ""
    return f"{mark} {number}. {name}{read}{escape(here)}{escape(note)}"


@shows(RoundCard)
def card(view: RoundCard, t: Texts) -> Shown:
    """A group's meeting on one card: what is studied, who has read, who speaks; and the host's buttons."""
    lines: list[str] = [head_line(view.head, t)]
    if view.teams > 1:
        lines.append(bold(t.html("Group {number} of {teams}", number=view.number, teams=view.teams)))
    if view.host:
        lines.append(t.html("In the chair: {host}", host=view.host))
    if view.musts and view.state == "open":
        lines += ["", musts_title(len(view.musts), t), *numbered(view.musts, t)]
    if view.agenda and view.state == "open":
        lines += ["", agenda_line(view.agenda, t)]
    lines += ["", bold(t.html("Speaking order; each has {length}", length=_length(view.seconds, t)))]
    lines += [_line(number, one, view, t) for number, one in enumerate(view.lines, start=1)]
    lines += ["", *_now(view, t)]
    came = sum(one.is_here for one in view.lines)
    lines.append(t.html("Here: {came} of {people}", came=came, people=len(view.lines)))
    if view.reads:
        unread = [one.name for one in view.lines if not one.has_read]
        read = len(view.lines) - len(unread)
        text = t.html("Read beforehand: {read} of {people}", read=read, people=len(view.lines))
        if unread and view.state == "open":
            text += t.html(" (not yet: {names})", names=t(", ").join(unread[:20]))
        lines.append(text)
    return Shown("\n".join(lines), _buttons(view, t) if view.state == "open" else ())


def _now(view: RoundCard, t: Texts) -> list[str]:
    if view.state == "done":
        return [t.html("The meeting is over.")]
    if view.speaker and view.over:
        return [t.html("⏰ Time is up: {name} (since {at})", name=view.speaker, at=_at(view, t))]
    if view.speaker and view.until is not None:
        text = t.html(
            "🎤 {name} speaks, from {at} to {until}", name=view.speaker, at=_at(view, t), until=t.time(view.until)
        )
        return [text]
    if any(one.status == "waiting" for one in view.lines):
        return []
    return [t.html("Everybody has had their turn.")]


def _at(view: RoundCard, t: Texts) -> str:
    return "" if view.called_at is None else t.time(view.called_at)


def _buttons(view: RoundCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    def step(label: str, what: str) -> Button:
        return Button(label, pack("round_step", what, view.group, view.step))

    left = sum(one.status == "waiting" for one in view.lines)
    rows: list[tuple[Button, ...]] = [
        (
            Button(t("I am here"), pack("round_here", view.group)),
            Button(t("Take the chair"), pack("round_host", view.group)),
        )
    ]
    if view.speaker:
        rows.append((step(t("Spoken, next ›"), "next"), step(t("Later in turn"), "later")))
        rows.append((step(t("Skip this one"), "skip"), step(t("Mark absent"), "absent")))
    elif left:
        rows.append((step(t("Begin with the speeches"), "next"), step(t("End the meeting"), "end")))
    if view.can_undo:
        rows.append((step(t("Undo the last step"), "undo"),))
    if view.speaker and left > 1:
        rows.append((step(t("End now ({n} have not spoken)", n=left - 1), "end"),))
    elif view.speaker or not left:
        rows.append((step(t("End the meeting"), "end"),))
    rows.append((Button(t("Observer's comment"), pack("round_ask", "comment", view.head.id)),))
    return tuple(rows)


@shows(RoundSummary)
def summary(view: RoundSummary, t: Texts) -> Shown:
    """What a round amounts to: who came, spoke, read; the forms; what was said at the end, and by observers."""
    lines: list[str] = [t.html("📋 Summary of the round"), head_line(view.head, t)]
    for team in view.teams:
        lines += ["", *_team(team, len(view.teams) > 1, t)]
    if view.reads:
        lines += ["", t.html("Read beforehand: {read} of {people}", read=view.read, people=view.people)]
        if view.unread:
            lines.append(t.html("Not read: {names}", names=t(", ").join(view.unread[:40])))
    if view.forms:
        lines += ["", bold(t.html("Evaluations of the round"))]
        for form in view.forms:
            lines += _form(form, t)
    if view.comments:
        lines += ["", bold(t.html("Said by observers"))]
        lines += [
            t.html("{name} says: {text}", name=one.name, text=one.text[:_WORDS]) for one in view.comments[:_COMMENTS]
        ]
    return Shown("\n".join(lines))


def _team(team: TeamSummary, several: bool, t: Texts) -> list[str]:
    lines: list[str] = []
    if several:
        lines.append(bold(t.html("Group no. {number}", number=team.number)))
    came = t.html("Came: {came} of {people}", came=team.came, people=team.people)
    if team.late:
        came += t.html(", {n} of them late", n=team.late)
    if team.leave:
        came += t.html("; on leave: {n}", n=team.leave)
    lines.append(came)
    if team.absent:
        lines.append(t.html("Absent: {names}", names=t(", ").join(team.absent)))
    lines.append(t.html("Speeches: {n} (by {people} people)", n=team.speeches, people=len(team.spoke)))
    if team.silent:
        lines.append(t.html("Came and did not speak: {names}", names=t(", ").join(team.silent)))
    if team.words:
        by = escape(team.words_by)
        lines.append(t.html("Closing words of {by}: {words}", by=Html(by), words=team.words[:_WORDS]))
    return lines


def _form(form: FormSummary, t: Texts) -> list[str]:
    title = form.title.within(t.language)
    if form.score is None:
        text = t.html(
            "{title}: {finished} of {raters} people; too few for a result",
            title=title,
            finished=form.finished,
            raters=form.raters,
        )
    else:
        text = t.html(
            "{title}: {finished} of {raters} people; mean {score} of 100",
            title=title,
            finished=form.finished,
            raters=form.raters,
            score=f"{form.score:.1f}",
        )
    return [text, *(f"  {escape(one.title.within(t.language))} {one.mean:.2f}" for one in form.items)]
