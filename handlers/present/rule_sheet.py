"""All the rules of a contest in plain words, from the rules themselves (``contest_rules`` has the lobby's few lines).

They leave nothing out: whatever key of a preset changes, the words change with it (a test sees to that).
"""

from datetime import timedelta

from handlers.present.judge_words import judging
from handlers.present.segment_rules import buzzing, headline, segment_lines
from handlers.present.shown import Shown, shows
from handlers.texts import N_, Texts, bold, escape
from quizzes.engine.codec import rules_from_dict
from quizzes.engine.rules import Rules, Seating
from quizzes.lineup_views import RulesCard

ONE_PRESS = N_("One press is enough: a second one never counts, and Telegram holds up whoever presses fast.")


def seconds(length: timedelta) -> float:
    """A length as the texts take it."""
    return length.total_seconds()


@shows(RulesCard)
def rules_card(view: RulesCard, t: Texts) -> Shown:
    """All the rules, in private."""
    title = view.title.get(t.language) or next(iter(view.title.values()), "")
    head = t.html("📋 Rules: {title}", title=bold(escape(title)))
    parts = [head]
    for name, lines in chapters(rules_from_dict(view.rules), t, view.counts):
        parts.append("\n".join([str(bold(escape(name))), *(f"• {escape(line)}" for line in lines)]))
    return Shown("\n\n".join(parts))


def chapters(rules: Rules, t: Texts, counts: tuple[int, ...] = ()) -> list[tuple[str, list[str]]]:
    """All the rules as chapters of plain lines, in the order of the contest; ``counts``: see ``RulesCard``."""
    found = [(t("Forming teams"), _teams(rules, t)), (t("Clock"), _clock(rules, t))]
    for number, segment in enumerate(rules.segments, start=1):
        asked = counts[number - 1] if counts else segment.questions
        name = headline(segment, asked, t)
        if len(rules.segments) > 1:
            name = t("Part {number}: {name}", number=number, name=name)
        found.append((name, segment_lines(segment, t, alone=rules.seating is Seating.INDIVIDUALS)))
    found.append((t("Judges and protests"), judging(rules, t)))
    found.append((t("Ties"), _ties(rules, t)))
    found.append((t("When something goes wrong"), _troubles(t)))
    return found


def _teams(rules: Rules, t: Texts) -> list[str]:
    if rules.seating is Seating.INDIVIDUALS:
        lines = [
            t("Everybody plays alone."),
            t("From {least} to {most} players.", least=rules.teams_least, most=rules.teams_most),
        ]
    else:
        who = {
            Seating.OPEN: N_("Whoever joins chooses a team, or makes another."),
            Seating.FIXED: N_("Whoever joins chooses one of the teams that are there."),
        }[rules.seating]
        lines = [
            t(who),
            t(
                "From {least} to {most} teams, {members} members each at the most.",
                least=rules.teams_least,
                most=rules.teams_most,
                members=rules.members_most,
            ),
            *_bench(rules, t),
        ]
    if rules.own_unit:
        lines.append(t("You join the team of your own unit, no other."))
    late = N_("Newcomers may still join after the start.") if rules.late_join else N_("Nobody joins after the start.")
    lines.append(t(late))
    if rules.all_ready:
        lines.append(t("The contest starts when every team has pressed Ready."))
    lines.append(t("Everybody begins with {base} points.", base=rules.base))
    return lines


def _bench(rules: Rules, t: Texts) -> list[str]:
    if not rules.bench_most:
        return []
    return [
        t(
            "A full team takes {bench} substitutes, who neither buzz nor answer until they come on.",
            bench=rules.bench_most,
        ),
        t("After the start a team may substitute {n} times, between questions.", n=rules.substitutions),
    ]


def _clock(rules: Rules, t: Texts) -> list[str]:
    first = t("Who was first: the press that Telegram received first.")
    if rules.settle:
        first = t(
            "Who was first: the press that Telegram received first; it is named after {seconds:g} s, so that none is"
            " overtaken on the way.",
            seconds=seconds(rules.settle),
        )
    return [
        t("{seconds:g} s pass before each question.", seconds=seconds(rules.pause)),
        t(
            "A time limit begins when Telegram has confirmed the message, and has {grace:g} s added for the network.",
            grace=seconds(rules.grace),
        ),
        first,
        t(ONE_PRESS),
    ]


def _ties(rules: Rules, t: Texts) -> list[str]:
    if rules.tie_break is None:
        return [t("Teams with the same score share the place.")]
    return [
        *(_tie(place, t) for place in rules.tie_places),
        *buzzing(rules.tie_break, t, points=False),
    ]


def _tie(place: int, t: Texts) -> str:
    if place == 1:
        return t("A tie for the first place is settled by sudden death: one question decides, it changes no score.")
    return t(
        "A tie between places {place} and {next} is settled by sudden death: one question decides, it changes no score.",
        place=place,
        next=place + 1,
    )


def _troubles(t: Texts) -> list[str]:
    return [
        t("Paused, cut off or restarted: the open question does not count and is asked again."),
        t("A bad question can be declared void or replaced; the scores follow."),
    ]
