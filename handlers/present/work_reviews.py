"""Works as reviewers see them; the log and the versions, for whoever may; what happened, for whom it concerns."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, shows
from handlers.present.work_words import faults_of, line_of, name_of, people_of, progress_of, rating_of, score_of
from handlers.texts import N_, Html, Texts, escape
from study.programme.words import Title
from study.work_views import Asked, Done, Log, LogLine, News, Versions, WaitingList

_EVENTS = {
    "begun": N_("begun"),
    "joined": N_("{name} takes part"),
    "dropped": N_("{name} takes part no longer"),
    "handed_in": N_("version {version} handed in"),
    "sent_back": N_("version {version} went back by itself"),
    "approved": N_("let pass"),
    "rated": N_("rated"),
    "passed": N_("goes on to {stage}"),
    "returned": N_("returned for changes"),
    "rejected": N_("rejected for good"),
    "accepted": N_("approved in every stage"),
    "withdrawn": N_("given up by the author"),
    "chosen": N_("put on the shortlist"),
    "consent_wanted": N_("asked whether it may be published"),
    "answered": N_("answered about being published"),
}
_NEWS = {
    "passed": N_("▶️ “{name}” has passed and is now at the stage: {stage}."),
    "accepted": N_("✅ “{name}” has passed every stage and is approved."),
    "returned": N_("↩️ “{name}” was returned. Please change it and hand it in again."),
    "sent_back": N_("↩️ “{name}” went back by itself. Please correct:"),
    "rejected": N_("❌ “{name}” was not approved."),
    "review": N_("📥 “{name}” waits for your review."),
    "shortlisted": N_("🏅 “{name}” is on the shortlist. Congratulations!"),
}
_DONE = {
    "return": N_("“{name}” has been returned, and its author has been told."),
    "reject": N_("“{name}” has been rejected, and its author has been told."),
    "score": N_("Your score for “{name}” is noted."),
    "report": N_("Noted: how far “{name}” has come."),
}


@shows(WaitingList)
def waiting(view: WaitingList, t: Texts) -> Shown:
    """A button a work."""
    if not view.works:
        return Shown(t.html("Nothing waits for your review."), ((Button(t("My works"), pack("work", "home", 0)),),))
    title = t.html("Waiting for my review: {n}", n=view.total)
    rows: list[tuple[Button, ...]] = [
        (Button(name_of(head, t, 48), pack("work", "open", head.id, 0)),) for head in view.works
    ]
    rows += pager(view.page, view.pages, lambda page: pack("wrev", "list", page), t)
    text = "\n\n".join([f"<b>{title}</b>", *(line_of(head, t, people=True) for head in view.works)])
    return Shown(text, tuple(rows))


@shows(Asked)
def asked(view: Asked, t: Texts) -> Shown:
    """What the bot waits for."""
    name = name_of(view.head, t)
    match view.what:
        case "score":
            return Shown(t.html("Please send your points for “{name}”: a whole number from 0 to 100.", name=name))
        case "report":
            text = t.html(
                "How far has “{name}” come? Send the number ({measure}), and the day if it is not today: 12 2026-11-20",
                name=name,
                measure=view.measure,
            )
            return Shown(text)
        case "reject":
            return Shown(t.html("Please send the reason for rejecting “{name}”; its author will read it.", name=name))
    text = t.html("Please send the reason for returning “{name}”; its author will read it.", name=name)
    if view.to is not None:
        where = t.html("It goes back to the stage: {stage}", stage=view.to.within(t.language))
        text = f"{text}\n{where}"
    if view.fields:
        one = view.fields[0].within(t.language)
        how = t.html("You can say it field by field, a line each, such as “{field}: not specific enough”.", field=one)
        text = f"{text}\n{how}"
    return Shown(text)


@shows(Done)
def done(view: Done, t: Texts) -> Shown:
    """What was said has been done."""
    name = name_of(view.head, t)
    if view.what == "shortlist":
        return Shown(t.html("On the shortlist now: {n}. Each author has been asked for consent.", n=view.count))
    text = t.html(_DONE[view.what], name=name)
    if view.progress is not None:
        return Shown(
            f"{text}\n\n{progress_of(view.progress, t)}",
            ((Button(t("Look at it"), pack("work", "open", view.head.id, 0)),),),
        )
    if not view.waiting:
        return Shown(f"{text}\n{t.html('Nothing waits for your review.')}")
    return Shown(text, ((Button(t("Waiting for my review: {n}", n=view.waiting), pack("wrev", "list", 0)),),))


@shows(News)
def news(view: News, t: Texts) -> Shown:
    """What happened, and the way to it."""
    lines = [t.html(_NEWS[view.what], name=name_of(view.head, t, 100), stage=view.head.stage.within(t.language))]
    if view.what == "review" and view.head.authors:
        lines.append(escape(people_of(view.head, t)))
    if view.what == "accepted" and view.head.rating is not None:
        lines.append(t.html("Rating: {rating}", rating=rating_of(view.head, t)))
    if view.what == "accepted" and view.head.score is not None:
        lines.append(t.html("Score: {score}", score=score_of(view.head.score)))
    if view.by:
        lines.append(t.html("Reviewer: {name}", name=view.by))
    if view.reason:
        lines.append(t.html("Reason: {reason}", reason=cut(view.reason, 600)))
    if view.faults:
        lines.append(faults_of(view.faults, t))
    label = t("Review it") if view.what == "review" else t("Look at it")
    return Shown("\n".join(lines), ((Button(label, pack("work", "open", view.head.id, 0)),),))


@shows(Log)
def log(view: Log, t: Texts) -> Shown:
    """What happened, in order."""
    lines = [f"<b>{escape(name_of(view.head, t, 120))}</b>", *(_line(line, t) for line in view.lines)]
    rows = pager(view.page, view.pages, lambda page: pack("work", "log", view.head.id, page), t)
    rows.append((Button(t("‹ Back"), pack("work", "open", view.head.id, 0)),))
    return Shown("\n".join(lines), tuple(rows))


def _line(line: LogLine, t: Texts) -> str:
    stage = "" if line.stage is None else line.stage.within(t.language)
    what = t(_EVENTS[line.what], name=line.name, version=line.version, stage=stage)
    marks = ["" if line.rating is None else line.rating.within(t.language)]
    marks.append("" if line.score is None else score_of(line.score))
    said = " ".join(part for part in (what, *marks) if part)
    at = t.moment(line.at)
    head = " · ".join(part for part in (at, stage if line.what != "passed" else "", line.who, said) if part)
    reason = f"\n   {escape(cut(line.reason, 200))}" if line.reason else ""
    faults = f"\n{faults_of(line.faults, t)}" if line.faults else ""
    return f"{escape(head)}{reason}{faults}"


@shows(Versions)
def versions(view: Versions, t: Texts) -> Shown:
    """A version against the one before, field by field."""
    one = view.version
    title = t.html("Version {number} of {total}", number=one.number, total=view.total)
    lines = [f"<b>{escape(name_of(view.head, t, 120))}</b>", f"{title} · {t.moment(one.at)}"]
    if one.sent_back:
        lines.append(t.html("It went back by itself."))
    lines.append(t.html("What changed:") if one.number > 1 else t.html("What it said:"))
    for change in one.changes:
        name = escape(change.title.within(t.language))
        before = escape(_said(change.before, change.chosen_before, t))
        after = escape(_said(change.after, change.chosen_after, t)) or "—"
        said = Html(f"<s>{before}</s> → {after}") if before else Html(after)
        line = t.html("{title}: {text}", title=name, text=said)
        lines.append(f"• {line}")
    move = []
    if one.number > 1:
        move.append(Button(t("‹ Version {n}", n=one.number - 1), pack("work", "vers", view.head.id, one.number - 1)))
    if one.number < view.total:
        move.append(Button(t("Version {n} ›", n=one.number + 1), pack("work", "vers", view.head.id, one.number + 1)))
    rows = [tuple(move)] if move else []
    return Shown("\n".join(lines), (*rows, (Button(t("‹ Back"), pack("work", "open", view.head.id, 0)),)))


def _said(text: str, choice: Title | None, t: Texts) -> str:
    return text if choice is None else choice.within(t.language)


def ruled(t: Texts, became: str) -> str:
    """The toast after an opinion."""
    if became == "accepted":
        return t("Noted: approved in every stage.")
    return t("Noted: it goes on to the next stage.") if became == "passed" else t("Noted; more opinions are needed.")
