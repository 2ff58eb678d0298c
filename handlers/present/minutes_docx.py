"""The official minutes as a Word file, in the form in which a Chinese office files them.

What happened is told in the words of the text minutes (:mod:`handlers.present.minutes`), so that both say the same; here it
stands question by question, under a head with the facts and above the lines for signatures. Fonts are those that every
Chinese Word has; they are named for East Asian text too, without which Word takes its own.
"""

from handlers.present.bench_minutes import judges, protest_line
from handlers.present.contest_words import rules_in_words
from handlers.present.minutes import agreement, clock
from handlers.present.minutes_chapters import Chapter, Course, course
from handlers.present.official_paper import OfficialPaper
from handlers.present.points import amount
from handlers.texts import N_, Texts
from quizzes.bank.items import LETTERS
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.frozen import dataclass
from quizzes.engine.rules import Seating
from quizzes.records import History, asks, final_standings

_ROWS = 24
"""So many presses and answers of one question are listed; a question for everyone has hundreds."""
_MASS = (e.PressNoted, e.Chosen)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the log of a contest does not know: the programme, the group, the name of the host."""

    programme: str
    title: str
    group: str
    host: str


def minutes_docx(history: History, facts: Facts, t: Texts) -> bytes:
    """The minutes as a file. Takes a second for a long contest: call it off the event loop."""
    paper = OfficialPaper(t)
    heading = (
        N_("{programme}: minutes of a contest")
        if asks(history.contest)
        else N_("{programme}: minutes of a speech contest")
    )
    paper.title(t(heading, programme=facts.programme))
    _facts(paper, history, facts, t)
    _rules(paper, history, t)
    _teams(paper, history, t)
    told = course(history, t)
    _course(paper, history, told, t)
    _standings(paper, history, t)
    _signatures(paper, history, t)
    return paper.content()


def _facts(paper: OfficialPaper, history: History, facts: Facts, t: Texts) -> None:
    started = next((event.at for event in history.events if isinstance(event, e.Started)), None)
    ended = history.row.ended_at
    span = "–".join(t.time(at) for at in (started or history.row.opened_at, ended) if at is not None)
    day = t.day(history.row.opened_at.astimezone(t.zone).date())
    rows = [
        (t("Contest"), t("{title} (number {id})", title=facts.title, id=history.row.id)),
        (t("Date"), f"{day}　{span}"),
        (t("Group"), facts.group),
        (t("Host"), facts.host),
        (t("Judges"), t(", ").join(judges(history, t)) or t("none; the program ruled")),
    ]
    if history.row.bank:
        rows.append((t("Question bank"), history.row.bank))
    paper.table(rows, widths=(3.2, 12.4), bold_first=True)


def _rules(paper: OfficialPaper, history: History, t: Texts) -> None:
    paper.heading(t("1. Rules"))
    for number, line in enumerate(rules_in_words(history.contest, t), 1):
        paper.paragraph(f"{number}. {line}")


def _teams(paper: OfficialPaper, history: History, t: Texts) -> None:
    paper.heading(t("2. Teams"))
    seats = history.contest.seats
    if history.contest.rules.seating is Seating.INDIVIDUALS:
        paper.paragraph(t("Players: {names}", names=t(", ").join(player.name for player in seats.players.values())))
        return
    rows = [(t("Team"), t("Captain"), t("Members"))]
    for team in seats.teams.values():
        captain = seats.players.get(team.captain) if team.captain is not None else None
        names = t(", ").join(_member(history, player, t) for player in (*team.members, *team.bench))
        rows.append((team.name, captain.name if captain is not None else "–", names or "–"))
    paper.table(rows, widths=(4.4, 3.2, 8.0), header=True)


def _member(history: History, player: int, t: Texts) -> str:
    """Somebody's name, and whether they came on for somebody, went off, or stayed on the bench."""
    came = any(isinstance(event, e.Substituted) and event.on == player for event in history.events)
    seat = history.contest.seats.players[player]
    on_bench = player in history.contest.seats.teams[seat.team].bench
    if on_bench:
        said = t("went off") if seat.played else t("substitute, did not play")
    elif came:
        said = t("came on as a substitute")
    else:
        return seat.name
    return t("{name} ({unit})", name=seat.name, unit=said)


def _course(paper: OfficialPaper, history: History, told: Course, t: Texts) -> None:
    """The lines of the text minutes, each question's and each speaker's together, then what belongs to none."""
    paper.heading(t("3. Questions"))
    if not told.chapters:
        paper.paragraph(t("No question was asked."))
    for chapter in told.chapters:
        _chapter(paper, history, chapter, t)
    paper.heading(t("4. Other happenings"))
    for event, line in told.others:
        paper.paragraph(f"{clock(event.at, t)}　{line}")
    for protest in history.contest.bench.protests:
        paper.paragraph(protest_line(history.contest, protest, t))


def _chapter(paper: OfficialPaper, history: History, chapter: Chapter, t: Texts) -> None:
    lines = chapter.lines
    paper.subheading(chapter.title)
    question = history.contest.setup.questions[chapter.index] if chapter.index is not None else None
    if question is not None and question.options:
        names = [t(option) for option in question.options] if question.kind.value == "true_false" else question.options
        paper.paragraph("　".join(f"{LETTERS[place]}. {name}" for place, name in enumerate(names)))
    mass = [event for event, _ in lines if isinstance(event, _MASS)]
    kept = set(map(id, mass[:_ROWS]))
    rows = [
        (clock(event.at, t), line)
        for event, line in lines
        if not isinstance(event, eb.SpeakerCalled)
        if not isinstance(event, e.QuestionAsked) or event.reason is not e.AskReason.NEXT
        if not isinstance(event, _MASS) or id(event) in kept
    ]
    if len(mass) > _ROWS:
        rows.append(("", t("{n} further presses and answers stand in the text minutes.", n=len(mass) - _ROWS)))
    if rows:
        paper.table(rows, widths=(3.2, 12.4))


def _standings(paper: OfficialPaper, history: History, t: Texts) -> None:
    paper.heading(t("5. Final standings"))
    now = final_standings(history.contest)
    alone = history.contest.rules.seating is Seating.INDIVIDUALS
    head = [t("Rank"), t("Player") if alone else t("Team"), t("Score"), t("Right answers"), t("Wrong answers")]
    decimals = history.contest.rules.decimals
    rows = [
        [str(line.rank), line.name, amount(line.score, decimals), str(line.right), str(line.wrong)]
        for line in now.teams
    ]
    widths = [1.8, 6.2, 2.4, 2.6, 2.6]
    if not asks(history.contest):
        head, rows, widths = head[:3], [row[:3] for row in rows], [1.8, 9.4, 4.4]
    paper.table([head, *rows], widths=widths, header=True)
    paper.paragraph(agreement(history, t))


def _signatures(paper: OfficialPaper, history: History, t: Texts) -> None:
    """Lines for the chief, each of the other judges who judged, and the keeper."""
    bench = history.contest.bench
    chief = bench.chief(history.row.host_id)
    sat = sorted((judge for judge in bench.judges if not judge.recused), key=lambda judge: judge.id != chief)
    signing = [
        t("Chief judge {name} (signature):", name=judge.name)
        if judge.id == chief
        else t("Judge {name} (signature):", name=judge.name)
        for judge in sat
    ] or [t("Chief judge (signature):")]
    paper.paragraph("")
    for name in (*signing, t("Keeper of the minutes (signature):"), t("Day:")):
        paper.paragraph(f"{name} ＿＿＿＿＿＿＿＿＿＿", indent=False, keep=True)
