"""The figures of reports in words: what each is called, what it counts, and how it is defined."""

from handlers.texts import N_, Texts
from study.periods import read_period
from study.report_rules import MEASURE
from study.report_views import Chapter, Figure

_STEPS = {
    "asked": (
        N_("asked"),
        N_("{n} person-times"),
        N_("one for each person and each task whose deadline lies in the period"),
    ),
    "handed": (N_("papers handed in"), N_("{n} papers"), N_("work that was handed in for these tasks, late or not")),
    "on_time": (N_("handed in on time"), N_("{n} papers"), N_("work that was handed in before its deadline")),
    "accepted": (N_("passed review"), N_("{n} papers"), N_("work that a reviewer has accepted")),
    "overdue": (
        N_("not handed in in time"),
        N_("{n} person-times"),
        N_("nothing was handed in although the deadline is over"),
    ),
}
_TASKS = ("reflections", "assignments", "notices", "rectifications")

_WORDS: dict[str, tuple[str, str, str]] = {
    "sessions.held": (
        N_("sessions held"),
        N_("{n} sessions"),
        N_("sessions marked as held that the unit or one below it gave, or that its people attended"),
    ),
    "sessions.attendances": (
        N_("attendances"),
        N_("{n} person-times"),
        N_("lines of the registers: present, late or made up"),
    ),
    "sessions.people": (N_("people who attended"), N_("{n} people"), N_("different people behind the attendances")),
    "sessions.rate": (
        N_("attendance rate"),
        "{n}%",
        N_("present or late of all who were expected, leave aside; made up later does not count"),
    ),
    "sessions.absent": (N_("absences"), N_("{n} person-times"), N_("lines of the registers: absent, not made up")),
    "sessions.make_ups": (N_("made up"), N_("{n} person-times"), N_("absences that are made up and signed off")),
    "sessions.speeches": (N_("speeches"), N_("{n} speeches"), N_("speeches noted or confirmed by an organiser")),
    "sessions.speakers": (N_("speakers"), N_("{n} people"), N_("different people who spoke")),
    "checkins.made": (N_("check-ins"), N_("{n} person-times"), N_("check-ins, in time or late")),
    "checkins.people": (N_("people who checked in"), N_("{n} people"), N_("different people who checked in")),
    "checkins.rate": (N_("check-in rate"), "{n}%", N_("check-ins of all that were due, leave and excused days aside")),
    "materials.reads": (
        N_("materials read"),
        N_("{n} person-times"),
        N_("one for each person and material confirmed as read"),
    ),
    "materials.people": (N_("readers"), N_("{n} people"), N_("different people who read something")),
    "works.begun": (N_("works begun"), N_("{n} works in all"), N_("works begun in the period, withdrawn ones aside")),
    "works.open": (
        N_("works under way"),
        N_("{n} works in all"),
        N_("works begun by the end of the period that are not settled now"),
    ),
    "works.accepted": (N_("accepted works"), N_("{n} works in all"), N_("works accepted in the period")),
    "works.rated": (N_("works rated"), N_("{n} works in all"), N_("works accepted in the period, by rating")),
    "items.milestones": (
        N_("milestones accepted"),
        N_("{n} milestones"),
        N_("reports on milestones that were accepted in the period"),
    ),
    "items.on_time": (
        N_("items done on time"),
        N_("{n} claimed items"),
        N_("items closed at their end in the period, no milestone late"),
    ),
    "items.late": (
        N_("items done late"),
        N_("{n} claimed items"),
        N_("items closed at their end in the period, a milestone late"),
    ),
    "ideas.submitted": (N_("ideas handed in"), N_("{n} ideas"), N_("ideas handed in within the period")),
    "ideas.people": (N_("people with ideas"), N_("{n} people"), N_("different people who handed in an idea")),
    "ideas.adopted": (N_("ideas adopted"), N_("{n} ideas"), N_("ideas whose adoption was decided in the period")),
    "quotas.people": (
        N_("people with this quota"),
        N_("{n} people"),
        N_("everybody on the roster whom the quota means"),
    ),
    "quotas.complete": (
        N_("quota complete"),
        N_("{n} people"),
        N_("people with every slot of the quota filled by the end of the period"),
    ),
    "quotas.gaps": (N_("still missing"), N_("{n} items"), N_("how many items all of them still lack")),
    "exams.taken": (N_("exams taken"), N_("{n} person-times"), N_("papers handed in within the period")),
    "exams.people": (N_("people examined"), N_("{n} people"), N_("different people who handed in a paper")),
    "exams.passed": (N_("exams passed"), N_("{n} person-times"), N_("papers that reached the pass mark")),
    "exams.average": (
        N_("average mark"),
        N_("{n} of 100"),
        N_("mean of the marks in percent of what could be reached"),
    ),
    "contests.finished": (N_("contests"), N_("{n} contests"), N_("contests played to the end")),
    "contests.tournaments": (N_("tournaments"), N_("{n} tournaments"), N_("tournaments played to the end")),
    "rounds.held": (N_("rounds held"), N_("{n} rounds"), N_("rounds whose meetings are over")),
    "rounds.spoke": (
        N_("spoke in rounds"),
        N_("{n} person-times"),
        N_("one for each person and round in which they spoke"),
    ),
    "rounds.speakers": (N_("people who spoke"), N_("{n} people"), N_("different people who spoke in a round")),
    "rounds.evaluations": (N_("evaluation forms"), N_("{n} forms"), N_("forms of rounds that were sent")),
    "items.taken": (
        N_("items taken on"),
        N_("{n} items in all"),
        N_("items taken on in the period that are with somebody or done"),
    ),
    "items.people": (N_("holders of items"), N_("{n} people"), N_("different people who took an item on")),
    "items.done": (
        N_("items done"),
        N_("{n} items in all"),
        N_("items whose last milestone was accepted, reopened ones aside"),
    ),
    "visits.made": (N_("visits"), N_("{n} visits"), N_("visits noted in the log")),
    "visits.people": (N_("visitors"), N_("{n} people"), N_("different people who noted a visit")),
    "surveys.sent": (
        N_("survey forms"),
        N_("{n} forms"),
        N_("forms of surveys that were sent; counted by unit, without names"),
    ),
    "checklists.done": (N_("self-examinations"), N_("{n} forms"), N_("checklists that were sent")),
    "points.given": (
        N_("points booked"),
        N_("{n} points"),
        N_("sum of all entries of the points in the period, reversals included"),
    ),
    "points.people": (N_("people with points"), N_("{n} people"), N_("different people with an entry")),
    "points.by_rule": (N_("points"), N_("{n} points"), N_("sum of the entries of one rule")),
}

_CHAPTERS = {
    "sessions": N_("Sessions"),
    "checkins": N_("Daily check-in"),
    "materials": N_("Materials"),
    "reflections": N_("Reflections handed in"),
    "assignments": N_("Assignments handed in"),
    "works": N_("Staged works"),
    "items": N_("Items claimed and done"),
    "ideas": N_("Ideas collected"),
    "quotas": N_("Quotas of the year"),
    "exams": N_("Exams and marks"),
    "contests": N_("Contests and tournaments"),
    "rounds": N_("Rounds of study and speech"),
    "notices": N_("Supervision notices"),
    "rectifications": N_("Rectifications"),
    "visits": N_("Visits to units"),
    "surveys": N_("Surveys taken"),
    "checklists": N_("Self-examination"),
    "points": N_("Points booked"),
    "learn": N_("Study"),
    "exam": N_("Exams"),
    "judge": N_("Evaluation"),
    "manage": N_("Duties and points"),
}
_TASK_SHORT = {
    "reflections": N_("reflections"),
    "assignments": N_("assignments"),
    "notices": N_("notices"),
    "rectifications": N_("rectifications"),
}


def _words(key: str) -> tuple[str, str, str]:
    chapter, _, step = key.partition(".")
    return _STEPS[step] if chapter in _TASKS else _WORDS[key]


def chapter_title(chapter: Chapter, t: Texts) -> str:
    """What a chapter is called; plain words."""
    if chapter.title is not None:
        return chapter.title.get(t.language) or next(iter(chapter.title.values()))
    return t(_CHAPTERS[chapter.key])


def figure_title(figure: Figure, t: Texts) -> str:
    """What a figure is called; plain words."""
    return titled(figure.key, figure.part, figure.title, t)


def titled(key: str, part: str, title: dict[str, str] | None, t: Texts) -> str:
    """The same for what is known by its key alone."""
    name = t(_words(key)[0])
    task = key.partition(".")[0]
    if task in _TASK_SHORT:
        name = t("{kind}: {step}", kind=t(_TASK_SHORT[task]), step=name)
    if not part:
        return name
    inner = part if title is None else title.get(t.language) or next(iter(title.values()))
    if part == "by_hand":
        inner = t("given by hand")
    return t("{part}: {step}", part=inner, step=name)


def amount(key: str, value: int | None, t: Texts) -> str:
    """A value with the word for what it counts; plain words."""
    if value is None:
        return t("no data")
    shown = f"{value / 10:.1f}" if MEASURE[key].how in ("rate", "mean") else str(value)
    return t(_words(key)[1], n=shown)


def bare(key: str, value: int | None) -> int | float | None:
    """A value for a table's cell."""
    if value is None:
        return None
    return value / 10 if MEASURE[key].how in ("rate", "mean") else value


def change(figure: Figure, t: Texts) -> str:
    """How it stands to the period before; plain words, empty where nothing can be compared."""
    if figure.value is None or figure.before is None:
        return ""
    more = figure.value - figure.before
    if more == 0:
        return t("as before")
    step = f"{abs(more) / 10:.1f}" if MEASURE[figure.key].how in ("rate", "mean") else str(abs(more))
    return t("up {n}", n=step) if more > 0 else t("down {n}", n=step)


def definition(key: str, t: Texts) -> str:
    """How a figure is defined; plain words."""
    return t(_words(key)[2])


def period_words(key: str, t: Texts) -> str:
    """A period as people name it."""
    found = read_period(key)
    if found is None:
        return key
    every, period = found
    year, month = period.first.year, period.first.month
    match every:
        case "month":
            return t("{year}-{month}, month", year=year, month=month)
        case "quarter":
            return t("{year}, quarter {n}", year=year, n=(month + 2) // 3)
        case "half":
            return t("{year}, first half", year=year) if month == 1 else t("{year}, second half", year=year)
        case "year":
            return t("{year}, whole year", year=year)
