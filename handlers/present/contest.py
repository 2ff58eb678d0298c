"""How a contest looks: cards, buttons, toasts."""

from typing import ClassVar

from handlers.callback_data import pack
from handlers.present.afterwards import host_rows
from handlers.present.contest_errors import ERRORS
from handlers.present.contest_reviews import button as review_button
from handlers.present.contest_rules import rule_lines
from handlers.present.host_lines import bench_lines, stage_rows
from handlers.present.illustrated import illustrated
from handlers.present.lineup import CAPTAIN, SUBSTITUTED, SUBSTITUTION_ASKED
from handlers.present.points import amount
from handlers.present.shown import Button, Shown, shows
from handlers.present.turn_words import (
    LETTERS,
    accepted_line,
    answer_words,
    fine_line,
    missed_line,
    order_lines,
    turn_note,
    turn_window,
    typed_call,
)
from handlers.texts import N_, Html, Texts, bold, escape, italic
from quizzes.engine import events as e
from quizzes.engine.rules import Seating
from quizzes.service import Done
from quizzes.views import (
    AnsweringCard,
    Asked,
    Happening,
    HostPanel,
    LobbyCard,
    LobbyTeam,
    QuestionCard,
    RulingCard,
    Score,
    SetUpCard,
    StandingsCard,
    VoidCard,
)
from study.errors import Usage
from study.views import View

__all__ = ["ERRORS"]

TRUE_OR_FALSE = (N_("True"), N_("False"))
"""The options of such a question are kept in English."""
STANDING = N_("{name}  {score}  ({right} right, {wrong} wrong)")
"""A line of the standings, after the place."""
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
_NAMES_SHOWN = 12
_BUTTON_TEXT = 28
_COLOURS = (
    N_("Red"), N_("Blue"), N_("Green"), N_("Yellow"), N_("Purple"), N_("Orange"), N_("Silver"), N_("Gold"),
)  # fmt: skip


class SureToStop(View):
    """Asks the host once more before a contest is given up."""

    kind: ClassVar[str] = "contest.sure"
    contest_id: int


def team_names(t: Texts) -> tuple[str, ...]:
    """Names for teams that have none, in the group's language."""
    return tuple(t("{colour} team", colour=t(colour)) for colour in _COLOURS)


def read_opening(words: list[str]) -> tuple[str, str, int | None]:
    """Read ``PRESET BANK [N]``; a bank's name may contain spaces.

    Raises:
        Usage: the bank is missing.
    """
    count = int(words[-1]) if len(words) > 2 and words[-1].isascii() and words[-1].isdigit() else None
    bank = " ".join(words[1:-1] if count is not None else words[1:])
    if not bank:
        raise Usage(usage=N_("/contest buzzer BANK 10"))
    return words[0], bank, count


def title(titles: dict[str, str], t: Texts) -> str:
    """A preset's title in the reader's language."""
    return titles.get(t.language) or next(iter(titles.values()), "")


def _options(question: Asked, t: Texts) -> tuple[str, ...]:
    return tuple(t(option) for option in question.options) if question.kind == "true_false" else question.options


def head(question: Asked, t: Texts) -> str:
    """The number and the kind of a question."""
    number = (
        t.html("Question {number} of {of}", number=question.number, of=question.of)
        if question.number <= question.of
        else t.html("Extra question {number}", number=question.number - question.of)
    )
    kind = {
        "single": N_("one answer"),
        "several": N_("several answers"),
        "true_false": N_("true or false"),
        "fill_in": N_("fill in"),
        "oral": N_("oral"),
    }[question.kind]
    return f"<b>{number}</b> · {t.html(kind)}"


def body(question: Asked, t: Texts, right: tuple[int, ...] = ()) -> str:
    """The question with its options, the right ones marked."""
    lines = [f"<b>{escape(question.text)}</b>", ""]
    for place, option in enumerate(_options(question, t)):
        line = f"{LETTERS[place]}. {escape(option)}"
        lines.append(f"<b>{line}</b> ✅" if place in right else line)
    return "\n".join(lines).strip()


def _option_buttons(
    what: str, contest_id: int, nonce: int, question: Asked, t: Texts
) -> tuple[tuple[Button, ...], ...]:
    if question.kind == "fill_in":
        return ()
    if question.kind == "oral":
        return (
            (Button(t("Begin"), pack("oral", "begin", contest_id, nonce)),),
            (Button(t("Done"), pack("oral", "end", contest_id, nonce)),),
        )
    labels = [f"{LETTERS[place]}. {option}" for place, option in enumerate(_options(question, t))]
    cut = [label if len(label) <= _BUTTON_TEXT else f"{label[: _BUTTON_TEXT - 1]}…" for label in labels]
    buttons = [Button(label, pack("ans", what, contest_id, nonce, place)) for place, label in enumerate(cut)]
    width = 2 if max(map(len, cut)) <= 12 else 1
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@shows(LobbyCard)
def lobby(view: LobbyCard, t: Texts) -> Shown:
    """Teams, rules in words, and the buttons of the lobby."""
    bank = " · " + t.html("Bank: {bank}", bank=view.bank) if view.bank else ""
    parts = [
        f"🏁 <b>{escape(title(view.title, t))}</b>{bank}",
        "\n".join(f"• {line}" for line in rule_lines(view, t)),
        "\n".join(_team_line(team, t, individuals=view.individuals) for team in view.teams)
        or t.html("Nobody has joined yet."),
    ]
    closing = {
        "open": N_("Join below. One press is enough in a contest: pressing fast makes Telegram hold you up."),
        "begun": N_("The contest has begun."),
        "paused": N_("Paused."),
        "aborted": N_("This contest was called off."),
    }[view.state]
    parts.append(italic(t.html(closing)))
    return Shown("\n\n".join(parts), _lobby_buttons(view, t) if view.state == "open" else ())


def _team_line(team: LobbyTeam, t: Texts, *, individuals: bool) -> str:
    if individuals:
        return f"👤 {escape(team.name)}"
    names: list[str] = [escape(name) for name in team.members[:_NAMES_SHOWN]]
    if names:
        names[0] = t.html("{name} (captain)", name=Html(names[0]))
    more = len(team.members) - len(names)
    if more > 0:
        names.append(t.html("and {n} more", n=more))
    mark = "✅" if team.ready else "👥"
    listed = t.html(", ").join(names) if names else t.html("nobody yet")
    line = t.html("{team} ({n}): {names}", team=bold(escape(team.name)), n=len(team.members), names=Html(listed))
    if team.bench:
        bench = t.html("Substitutes: {names}", names=t(", ").join(team.bench[:_NAMES_SHOWN]))
        line = f"{line}\n      {italic(bench)}"
    return f"{mark} {line}"


def _lobby_buttons(view: LobbyCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    id_ = view.contest_id
    rows: list[tuple[Button, ...]] = []
    if view.individuals:
        rows.append((Button(t("Join"), pack("join", id_, 0)),))
    else:
        joins = [Button(t("Join {team}", team=team.name), pack("join", id_, team.id)) for team in view.teams[:40]]
        rows += [tuple(joins[at : at + 2]) for at in range(0, len(joins), 2)]
        extra = [Button(t("Ready"), pack("lobby", "ready", id_)), Button(t("My team"), pack("team", "mine", id_))]
        if view.may_add:
            extra.insert(0, Button(t("+ another team"), pack("lobby", "team", id_)))
        rows.append(tuple(extra))
    rules = Button(t("Rules"), pack("lobby", "rules", id_))
    rows.append((rules, Button(t("Latency drill"), pack("lobby", "drill", id_))))
    rows.append((Button(t("Leave"), pack("lobby", "leave", id_)), Button(t("Start"), pack("lobby", "start", id_))))
    return tuple(rows)


@shows(QuestionCard)
@illustrated
def question(view: QuestionCard, t: Texts) -> Shown:
    """A question with its buzzer, or with its options for everyone."""
    notes = []
    reason = {
        "next": "",
        "again": N_("The round before does not count; here is the question again."),
        "rebound": N_("The question goes to the others."),
        "replaced": N_("This question stands in for the one before."),
        "staked": "",
    }[view.reason]
    if view.missed is not None:
        notes.append(missed_line(view.missed, t))
    if reason and not (view.mode == "turn" and view.reason == "rebound"):
        notes.append(t.html(reason))
    if view.order is not None:
        notes += order_lines(view.order, t)
    if view.mode == "turn":
        notes.append(turn_note(view, t))
    if view.sudden_death:
        notes.append(t.html("Sudden death: this question decides."))
    if view.teams:
        notes.append(t.html("For: {teams}", teams=t(", ").join(view.teams)))
    value = t.html("right {right:+d}, wrong {wrong:+d}", right=view.right, wrong=view.wrong)
    if view.mode == "buzzer":
        window = t.html("{seconds:g} s to buzz", seconds=view.seconds)
        buttons: tuple[tuple[Button, ...], ...] = ((Button(t("Buzz"), pack("buzz", view.contest_id, view.nonce)),),)
    else:
        window = t.html("everyone answers within {seconds:g} s", seconds=view.seconds)
        if view.mode == "turn":
            window = turn_window(view, t)
        elif view.question.kind == "fill_in":
            window = t.html("everyone answers in private within {seconds:g} s", seconds=view.seconds)
            notes.append(t.html("✍️ Write the answer to me in private, not here: the others would read it."))
        several = view.question.kind == "several"
        buttons = _option_buttons("mark" if several else "pick", view.contest_id, view.nonce, view.question, t)
        if several:
            buttons = (*buttons, (Button(t("Hand in"), pack("ans", "hand", view.contest_id, view.nonce)),))
        if view.bot:
            buttons = ((Button(t("Answer in private"), url=f"https://t.me/{view.bot}"),),)
    if view.start is not None and view.question.kind == "oral":
        notes.append(t.html("Press “Begin” within {seconds:g} s, speak, then press “Done”.", seconds=view.start))
    elif view.start is not None:
        notes.append(t.html("Begin within {seconds:g} s: mark all that is right, then hand in.", seconds=view.start))
    if view.reading and view.mode == "buzzer":
        notes.append(t.html("The buzzers open after {seconds:g} s of reading.", seconds=view.reading))
    elif view.reading:
        notes.append(t.html("The time to answer begins after {seconds:g} s of reading.", seconds=view.reading))
    parts = [head(view.question, t), body(view.question, t), f"⏱ {window} · {value}"]
    if notes:
        parts.insert(1, "\n".join(f"<i>{note}</i>" for note in notes))
    return Shown("\n\n".join(parts), buttons)


def _who(team: str | None, player: str | None, t: Texts, *, individuals: bool) -> str:
    if individuals or team is None:
        return f"<b>{escape(player or team or '')}</b>"
    return f"<b>{escape(team)}</b> {escape(player or '')}".strip()


@shows(AnsweringCard)
@illustrated
def answering(view: AnsweringCard, t: Texts) -> Shown:
    """Who was first, and the options for them."""
    who = Html(_who(view.team, view.player, t, individuals=view.individuals))
    several = view.question.kind == "several"
    lines = [t.html("🔔 {who} was first!", who=who)]
    who_answers = {
        "presser": N_("Only {player} answers, within {seconds:g} s."),
        "member": N_("Any member of the team answers, within {seconds:g} s."),
        "captain": N_("The captain answers, within {seconds:g} s."),
    }
    who_marks = {
        "presser": N_("Only {player} answers: begin to mark within {start:g} s, then hand in within {seconds:g} s."),
        "member": N_("Any member of the team: begin to mark within {start:g} s, then hand in within {seconds:g} s."),
        "captain": N_("The captain: begin to mark within {start:g} s, then hand in within {seconds:g} s."),
    }
    if view.question.kind == "fill_in":
        lines.append(typed_call(view, t))
    else:
        words = who_answers if view.start is None or view.question.kind == "oral" else who_marks
        lines.append(t.html(words[view.answerer], player=view.player, seconds=view.seconds, start=view.start or 0))
    if view.start is not None and view.question.kind == "oral":
        lines.append(t.html("Press “Begin” within {seconds:g} s, speak, then press “Done”.", seconds=view.start))
    buttons = _option_buttons("mark" if several else "pick", view.contest_id, view.nonce, view.question, t)
    if several:
        buttons = (*buttons, (Button(t("Hand in"), pack("ans", "hand", view.contest_id, view.nonce)),))
    return Shown("\n\n".join([head(view.question, t), body(view.question, t), "\n".join(lines)]), buttons)


@shows(RulingCard)
@illustrated
def ruling(view: RulingCard, t: Texts) -> Shown:
    """The ruling with the right answer, why, and the score."""
    parts = [head(view.question, t), body(view.question, t, view.answer), _verdict(view, t)]
    if view.accepted:
        parts.insert(2, accepted_line(view, t))
    if fined := fine_line(view.fines, t):
        parts.append(fined)
    if view.explanation:
        parts.append(f"💡 {escape(view.explanation)}")
    parts.append(score_line(view.scores, t))
    if view.protest is None:
        return Shown("\n\n".join(parts))
    return Shown("\n\n".join(parts), ((Button(t("Protest"), pack("prot", *view.protest)),),))


def _verdict(view: RulingCard, t: Texts) -> str:
    who = Html(_who(view.team, view.player, t, individuals=view.individuals))
    chosen = answer_words(view.chosen, view.text)
    points = amount(view.points, view.decimals, signed=True)
    match view.reason:
        case "everyone":
            line = t.html(
                "📊 {answered} answered, {correct} of them right.", answered=view.answered, correct=view.correct
            )
            fastest = t.html("Fastest: {names}", names=t(", ").join(view.fastest)) if view.fastest else ""
            return f"{line}\n{fastest}".strip()
        case "nobody_buzzed":
            return t.html("⌛ Nobody buzzed; the question is void.")
        case "false_start":
            return t.html("🚫 False start; the question is void.")
        case "not_started" if view.right is None:
            return t.html("⌛ {who} did not answer; the question is void.", who=who)
        case "not_started":
            return t.html("⌛ {who} did not begin in time: {points}", who=who, points=points)
        case "not_answered":
            return t.html("⌛ {who} did not answer in time: {points}", who=who, points=points)
        case "not_judged":
            return t.html("⌛ Nobody judged the answer in time; the question is void.")
        case "judged" if not view.text:
            text = (
                N_("✅ {who}: the judges rule right, {points}")
                if view.right
                else N_("❌ {who}: the judges rule wrong, {points}")
            )
            return t.html(text, who=who, points=points)
        case _ if view.right:
            return t.html("✅ {who} answered {chosen}: right, {points}", who=who, chosen=chosen, points=points)
        case _:
            return t.html("❌ {who} answered {chosen}: wrong, {points}", who=who, chosen=chosen, points=points)


def score_line(scores: tuple[Score, ...], t: Texts) -> str:
    """The score in one line."""
    return "🏆 " + " · ".join(f"{escape(line.name)} <b>{amount(line.score, line.decimals)}</b>" for line in scores)


@shows(VoidCard)
@illustrated
def void(view: VoidCard, t: Texts) -> Shown:
    """A question whose round does not count."""
    reason = {
        "lost": N_("This round is void: the message may not have reached everybody. The question is asked again."),
        "outage": N_("This round is void: the connection was down. The question is asked again."),
        "paused": N_("This round is void."),
        "restart": N_("This round is void: the bot was restarted. The question is asked again."),
        "voided": N_("This question was declared void."),
        "replaced": N_("This question was replaced by another."),
    }[view.reason]
    return Shown(f"{head(view.question, t)}\n\n<s>{escape(view.question.text)}</s>\n\n<i>{t.html(reason)}</i>")


@shows(StandingsCard)
def standings(view: StandingsCard, t: Texts) -> Shown:
    """The end of a contest."""
    heading = t.html("New standings") if view.revised else t.html("Final standings")
    bank = f" · {escape(view.bank)}" if view.bank else ""
    lines = [f"🏁 <b>{heading}</b> · {escape(title(view.title, t))}{bank}", ""]
    for line in view.teams:
        place = _MEDALS.get(line.rank) or f"{line.rank}."
        name, score = bold(escape(line.name)), bold(amount(line.score, view.decimals))
        lines.append(f"{place} {t.html(STANDING, name=name, score=score, right=line.right, wrong=line.wrong)}")
    if not view.individuals and view.players:
        lines += ["", bold(t.html("Players"))]
        for player in view.players:
            counts = t.html("{right} right, {wrong} wrong", right=player.right, wrong=player.wrong)
            who = t.html("{name} ({unit})", name=player.name, unit=player.team)
            points = amount(player.score, view.decimals, signed=bool(player.score))
            lines.append(f"{player.rank}. {who} {points} · {counts}")
    return Shown("\n".join(lines), ((review_button(view.contest_id, t),),))


@shows(Happening)
def happening(view: Happening, t: Texts) -> Shown:
    """Something that the group has to know."""
    text = {
        "paused": N_("⏸ The host has paused the contest. What was asked last does not count and is asked again."),
        "engine_paused": N_("⏸ The contest is paused: questions do not arrive. The host can let it go on."),
        "resumed": N_("▶️ The contest goes on."),
        "aborted": N_("⏹ The contest was called off."),
        "recovered": N_("🔄 The bot was restarted. The scores stand as announced; an open question is asked again."),
        "voided": N_("Question {number} was declared void; its points are taken back."),
        "replaced": N_("Question {number} is replaced by one from the reserve."),
        "overruled": N_("Question {number} was ruled anew: {ruling}."),
        "corrected": N_("{team}: {points} points by hand."),
        "captain": CAPTAIN,
        "substituted": SUBSTITUTED,
        "substitution_asked": SUBSTITUTION_ASKED,
    }[view.what]
    ruling = t("right") if view.right else t("wrong")
    points = amount(view.points or 0, view.decimals, signed=True)
    line = t.html(
        text,
        number=view.number or 0,
        ruling=ruling,
        team=view.team or "",
        points=points,
        player=view.player or "",
        other=view.other or "",
    )
    reason = t.html("Reason: {reason}", reason=view.reason) if view.reason and view.what != "engine_paused" else ""
    score = score_line(view.scores, t) if view.scores else ""
    return Shown("\n".join(part for part in (line, reason, score) if part))


@shows(HostPanel)
def panel(view: HostPanel, t: Texts) -> Shown:
    """The host's controls."""
    state = {
        "lobby": N_("in the lobby"), "running": N_("under way"), "paused": N_("paused"),
        "finished": N_("finished"), "aborted": N_("called off"),
    }[view.state]  # fmt: skip
    named = bold(t.html("Your contest in {group}", group=view.group))
    heading = f"🎛 {named}" + (f" · {escape(view.bank)}" if view.bank else "")
    where = t.html("Question {number} of {of}, {state}", number=view.number, of=view.of, state=t(state))
    where = "\n".join([where, *bench_lines(view, t)])
    id_ = view.contest_id
    screen = Button(t("Big screen"), pack("screen", "panel", id_))
    if view.state not in ("running", "paused"):
        papers = host_rows(id_, view.state, t)
        return Shown(f"{heading}\n{where}", papers or (((screen,),) if view.state == "lobby" else ()))
    stop = Button(t("Call the contest off"), pack("host", "stop", id_))
    if view.state == "paused":
        return Shown(f"{heading}\n{where}", ((Button(t("Go on"), pack("host", "resume", id_)), screen), (stop,)))
    rows: list[tuple[Button, ...]] = [
        (Button(t("Pause"), pack("host", "pause", id_)), Button(t("Void this question"), pack("host", "void", id_))),
        (screen, stop),
    ]
    if view.can_extend:
        rows.insert(0, (Button(t("10 s more"), pack("host", "extend", id_)),))
    if view.stage:
        rows = [*stage_rows(view, t), *rows[:-2], (Button(t("Pause"), pack("host", "pause", id_)),), (screen, stop)]
    elif view.reserve:
        rows.insert(-1, (Button(t("Replace this question"), pack("host", "replace", id_)),))
    return Shown(f"{heading}\n{where}", tuple(rows))


@shows(SureToStop)
def sure_to_stop(view: SureToStop, t: Texts) -> Shown:
    """Asks once more."""
    return Shown(
        t.html("Call the contest off for good? What was scored stays on record."),
        (
            (Button(t("Yes, call it off"), pack("host", "really", view.contest_id)),),
            (Button(t("No, pause it"), pack("host", "pause", view.contest_id)),),
        ),
    )


@shows(SetUpCard)
def set_up(view: SetUpCard, t: Texts) -> Shown:
    """The set-up card, step by step."""
    if view.step == "preset":
        rows = tuple((Button(title(titles, t), pack("setup", "preset", name)),) for name, titles in view.presets)
        return Shown(t.html("Which contest?"), rows)
    if view.step == "chosen":
        return Shown(escape(" · ".join(title(titles, t) for _, titles in view.presets)))
    if view.step == "bank":
        rows = tuple(
            (
                Button(
                    t("{bank} ({n} questions)", bank=bank.name, n=bank.items),
                    pack("setup", "bank", view.preset, bank.id),
                ),
            )
            for bank in view.banks
        )
        return Shown(t.html("Which question bank?"), rows)
    buttons = tuple(
        Button(t.plural("{n} question", "{n} questions", n), pack("setup", "count", view.preset, view.bank_id, n))
        for n in view.counts
    )
    return Shown(t.html("How many questions?"), (buttons,))


def joined(done: Done, user: int, t: Texts) -> str:
    """What joining answers."""
    team = done.contest.team_of(user)
    if done.contest.rules.seating is Seating.INDIVIDUALS or team is None:
        return t("You are in.")
    if user in team.bench:
        return t("{team} is full; you are a substitute and play once you come on.", team=team.name)
    home = done.contest.seats.named(done.home) if done.home is not None else None
    if home is not None and home.id != team.id:
        return t(
            "You are in {team}. Your unit's own team is {home}; you may still change.", team=team.name, home=home.name
        )
    if team.captain == user:
        return t("You are in {team}, as captain.", team=team.name)
    return t("You are in {team}.", team=team.name)


def left(t: Texts) -> str:
    """What leaving answers."""
    return t("You have left.")


def readiness(done: Done, user: int, t: Texts) -> str:
    """What the ready button answers."""
    team = done.contest.team_of(user)
    if team is not None and team.ready:
        return t("{team} is ready.", team=team.name)
    return t("{team} is not ready yet.", team=team.name if team is not None else "")


def pressed(done: Done, user: int, t: Texts) -> str | None:
    """What the buzzer answers: never "you were first" before that is certain."""
    for event in done.events:
        if isinstance(event, e.Buzzed) and event.player == user:
            return t("You were first! Answer now.")
        if isinstance(event, e.Fined) and event.player == user:
            return t("Too early, that is a false start: {points:+d}.", points=event.points)
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    return t(_PRESS_TOASTS[kinds[0]]) if kinds else None


def answered(done: Done, user: int, t: Texts) -> str | None:
    """What an option answers."""
    for event in done.events:
        if isinstance(event, e.Chosen) and event.player == user:
            letters = "".join(LETTERS[option] for option in event.options)
            if not event.final:
                return t("Marked: {letters}. Hand in when it is complete.", letters=letters or "–")
            return t("Your answer: {letters}", letters=letters)
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    return t(ANSWER_TOASTS[kinds[0]]) if kinds else None


_PRESS_TOASTS = {
    e.PressKind.FIRST: N_("Your press is in; it is being settled who was first."),
    e.PressKind.IN_TIME: N_("Your press is in; it is being settled who was first."),
    e.PressKind.LATER: N_("Somebody else was first."),
    e.PressKind.TOO_LATE: N_("Time is up."),
    e.PressKind.FALSE_START: N_("Too early: the buzzers are not open yet."),
    e.PressKind.NOT_YOUR_TURN: N_("This question is not your team's."),
    e.PressKind.SECOND: N_("Your first press counts; once is enough."),
}
ANSWER_TOASTS = {
    e.PressKind.FIRST: N_("Your first answer counts."),
    e.PressKind.IN_TIME: N_("Your first answer counts."),
    e.PressKind.LATER: N_("Somebody else answers this question."),
    e.PressKind.TOO_LATE: N_("Time is up."),
    e.PressKind.FALSE_START: N_("Too early: the time to answer has not begun."),
    e.PressKind.NOT_YOUR_TURN: N_("Somebody else answers this question."),
    e.PressKind.SECOND: N_("Your first answer counts."),
}


def controlled(what: str, t: Texts) -> str:
    """What the host's buttons answer."""
    answers = {
        "start": N_("The contest begins."),
        "pause": N_("Paused."),
        "resume": N_("It goes on."),
        "stop": N_("Called off."),
        "replace": N_("Replaced."),
        "void": N_("Declared void."),
        "extend": N_("10 s more."),
        "skip": N_("Skipped."),
        "rescore": N_("The judges score again."),
    }
    return t(answers[what])
