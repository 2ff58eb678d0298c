"""How the questions of a contest look: asked, buzzed for, ruled, void; and what their buttons answer."""

from handlers.callback_data import pack
from handlers.present.illustrated import illustrated
from handlers.present.options import as_buttons, in_words
from handlers.present.points import amount, plus
from handlers.present.shown import Button, Shown, shows
from handlers.present.turn_words import (
    accepted_line,
    answer_words,
    fine_line,
    missed_line,
    order_lines,
    turn_note,
    turn_window,
    typed_call,
)
from handlers.texts import N_, Html, Texts, escape
from quizzes.bank.items import LETTERS
from quizzes.views import (
    AnsweringCard,
    Asked,
    QuestionCard,
    RulingCard,
    Score,
    VoidCard,
)


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
    for place, option in enumerate(in_words(question.kind, question.options, t)):
        line = f"{LETTERS[place]}. {escape(option)}"
        lines.append(f"<b>{line}</b> ✅" if place in right else line)
    return "\n".join(lines).strip()


def _answer_buttons(
    what: str, contest_id: int, nonce: int, question: Asked, t: Texts
) -> tuple[tuple[Button, ...], ...]:
    if question.kind == "fill_in":
        return ()
    if question.kind == "oral":
        return (
            (Button(t("Begin"), pack("oral", "begin", contest_id, nonce)),),
            (Button(t("Done"), pack("oral", "end", contest_id, nonce)),),
        )
    options = in_words(question.kind, question.options, t)
    return as_buttons(options, lambda place: pack("ans", what, contest_id, nonce, place))


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
        notes.append(t.html("Sudden death: whoever is right wins, whoever is wrong is out."))
    if view.teams:
        notes.append(t.html("For: {teams}", teams=t(", ").join(view.teams)))
    if view.sudden_death:
        value = t.html("decides places, gives no points")
    else:
        value = t.html("right {right:+d}, wrong {wrong}", right=view.right, wrong=plus(view.wrong))
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
        buttons = _answer_buttons("mark" if several else "pick", view.contest_id, view.nonce, view.question, t)
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
    buttons = _answer_buttons("mark" if several else "pick", view.contest_id, view.nonce, view.question, t)
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
        case "not_judged":
            return t.html("⌛ Nobody judged the answer in time; the question is void.")
        case _ if view.question.number > view.question.of:
            return _decided(view, who, chosen, t)
        case "not_started":
            return t.html("⌛ {who} did not begin in time: {points}", who=who, points=points)
        case "not_answered":
            return t.html("⌛ {who} did not answer in time: {points}", who=who, points=points)
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


def _decided(view: RulingCard, who: Html, chosen: str, t: Texts) -> str:
    """A ruling in sudden death: it gives no points, but says who wins or is out."""
    match view.reason:
        case "not_started":
            text = N_("⌛ {who} did not begin in time and is out of the sudden death.")
        case "not_answered":
            text = N_("⌛ {who} did not answer in time and is out of the sudden death.")
        case "judged" if not view.text and view.right:
            text = N_("✅ {who}: the judges rule right; that wins the sudden death.")
        case "judged" if not view.text:
            text = N_("❌ {who}: the judges rule wrong; out of the sudden death.")
        case _ if view.right:
            text = N_("✅ {who} answered {chosen}: right; that wins the sudden death.")
        case _:
            text = N_("❌ {who} answered {chosen}: wrong; out of the sudden death.")
    return t.html(text, who=who, chosen=chosen)


def score_line(scores: tuple[Score, ...], t: Texts) -> str:
    """The score in one line."""
    return "🏆 " + " · ".join(f"{escape(line.name)} <b>{amount(line.score, line.decimals)}</b>" for line in scores)


@shows(VoidCard)
@illustrated
def void(view: VoidCard, t: Texts) -> Shown:
    """A question whose round does not count."""
    reason = {
        "lost": N_("This round is void: the message may not have reached everybody. The question is asked again."),
        "outage": N_("This round is void: the bot was cut off. The question is asked again."),
        "paused": N_("This round is void."),
        "restart": N_("This round is void: the bot was restarted. The question is asked again."),
        "voided": N_("This question was declared void."),
        "replaced": N_("This question was replaced by another."),
    }[view.reason]
    return Shown(f"{head(view.question, t)}\n\n<s>{escape(view.question.text)}</s>\n\n<i>{t.html(reason)}</i>")
