"""The card of a session that is being planned."""

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.sessions import details, when
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Texts
from study.session_views import SessionAsked, SessionDraftCard, SessionDropped

Row = tuple[Button, ...]
_STEPS = ("series", "topic", "form", "unit", "cohort")
_LABELS = {
    "series": N_("Series"),
    "topic": N_("Topic"),
    "form": N_("Form"),
    "unit": N_("Unit"),
    "cohort": N_("Cohort"),
}


@shows(SessionAsked)
def asked(view: SessionAsked, t: Texts) -> Shown:
    """How a session is written."""
    return Shown(
        t.html(
            "Please send the session on one line: day, time, place, lecturer, title.\n"
            "For example: 11-27 15:00-16:30 hall Prof. Zhang 《Title》\n\n"
            "The card that follows lets you choose the series, the topic and who is to come. /cancel leaves."
        )
    )


@shows(SessionDropped)
def dropped(view: SessionDropped, t: Texts) -> Shown:
    """Nothing was planned."""
    return Shown(t.html("No session was planned."))


@shows(SessionDraftCard)
def card(view: SessionDraftCard, t: Texts) -> Shown:
    """What was understood, whom it concerns, and what can be put right; another line replaces this one."""
    session = view.session
    lines = details(session, t)
    if not session.unit:
        lines.append(t.html("Unit: {value}", value=t("the whole programme")))
    if view.cohorts:
        names = t(", ").join(title.within(t.language) for title in view.cohorts)
        lines.append(t.html("Cohort: {value}", value=names))
    if session.sign_up:
        seats = t("as many as like") if session.capacity is None else str(session.capacity)
        lines.append(t.html("With a sign-up; seats: {seats}", seats=seats))
    lines.append(t.html("People concerned: {n}", n=view.people))
    if view.clash is not None:
        lines.append(t.html("⚠️ At the same time: {title} ({when})", title=view.clash.title, when=when(view.clash, t)))
    if not view.step:
        lines += ["", t.html("Something wrong? Send the line once more, or use the buttons.")]
    return Shown("\n".join(lines), tuple(_rows(view, t)))


def _rows(view: SessionDraftCard, t: Texts) -> list[Row]:
    key = view.key
    if view.step:
        return _choosing(view, t)
    steps = [
        name
        for name in _STEPS
        if (view.has_series or name != "series")
        and (view.has_topics or name != "topic")
        and (view.has_cohorts or name != "cohort")
    ]
    rows = list(in_rows([Button(t(_LABELS[name]), _data(key, "step", _STEPS.index(name))) for name in steps], 3))
    sign_up = [Button(t("No sign-up") if view.session.sign_up else t("With a sign-up"), _data(key, "signup", 0))]
    if view.session.sign_up:
        sign_up.append(Button(t("Number of seats"), _data(key, "seats", 0)))
    rows.append(tuple(sign_up))
    rows.append((Button(t("Plan it"), pack("sessnew", key, "go")), Button(t("Cancel"), pack("sessnew", key, "no"))))
    return rows


def _choosing(view: SessionDraftCard, t: Texts) -> list[Row]:
    key, step = view.key, view.step
    if step == "unit":
        buttons = [_ticked(one.name, one.chosen, _data(key, "unit", one.id)) for one in view.units]
    else:
        buttons = [
            _ticked(one.title.within(t.language), one.chosen, _data(key, step, one.number)) for one in view.choices
        ]
    rows = list(in_rows(buttons[:80], 2))
    if step in ("series", "topic", "unit"):
        label = t("The whole programme") if step == "unit" else t("None")
        rows.append((Button(label, _data(key, step, -1)),))
    rows.append((Button(t("Back"), _data(key, "step", -1)),))
    return rows


def _ticked(label: str, chosen: bool, data: str) -> Button:
    return Button(short(f"✓ {label}" if chosen else label), data)


def _data(key: int, verb: str, number: int) -> str:
    return pack("sessnew", key, verb, number)
