"""Study notes: the form, the gallery, the praise."""

from handlers.callback_data import pack
from handlers.present.rollcall import head
from handlers.present.shown import Attachment, Button, Shown, cut, shows
from handlers.texts import N_, Html, Texts, bold, escape, italic
from study.note_views import (
    DiligentList,
    NoteAnswered,
    NoteAsked,
    NoteConsentAsked,
    NoteDesk,
    NoteFacts,
    NoteKept,
    NoteLine,
    NotePage,
    NotePraise,
)

ERRORS = {
    "note_closed": N_("Notes on a session are taken from its beginning and for {days} days."),
    "note_picked": N_("This note was picked as a good one and stays as it is."),
    "note_photo_only": N_("Please send the text, or a photo of the page."),
    "note_answered": N_("You have answered already."),
    "note_own": N_("You cannot pick your own note."),
}
_CONSENT = {
    "named": N_("shown with the name"),
    "anonymous": N_("shown without a name"),
    "refused": N_("not shown"),
}


def _title(title: dict[str, str], t: Texts) -> str:
    """A title of the programme in the reader's language; a line without one is a remark."""
    return title.get(t.language) or next(iter(title.values()), None) or t("Remark")


def _lines(lines: tuple[NoteLine, ...], t: Texts) -> list[str]:
    return [f"<b>{escape(_title(line.title, t))}</b>  {escape(line.text)}" for line in lines]


def _photo(note: NoteFacts) -> Attachment | None:
    return None if note.file_id is None else Attachment("photo", file_id=note.file_id)


@shows(NoteDesk)
def desk(view: NoteDesk, t: Texts) -> Shown:
    """How many notes, and on what one can be written."""
    lines = [
        bold(t.html("Study notes")),
        t.html("Your notes: {month} this month, {year} this year", month=view.this_month, year=view.this_year),
    ]
    rows = []
    for one in view.choices:
        sign = "✏️" if one.written else "📝"
        label = f"{sign} {t.moment(one.session.starts_at)} {one.session.title}"
        rows.append((Button(cut(label, 48), pack("nt", "write", one.session.id)),))
    if view.choices:
        lines.append(t.html("📝 write a note · ✏️ write it anew"))
    else:
        lines.append(t.html("There is no session now on which a note could be written."))
    if view.organiser:
        lines.append(t.html("Notes to look through: {n}", n=view.to_look_at))
        rows.append((Button(t("Look through the notes"), pack("nt", "page", 0)),))
        rows.append((Button(t("The diligent of this month"), pack("nt", "list", 0)),))
        rows.append((Button(t("The diligent of last month"), pack("nt", "list", 1)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(NoteAsked)
def asked(view: NoteAsked, t: Texts) -> Shown:
    """The next field."""
    lines = []
    if view.filled:
        lines += [*_lines(view.filled, t), ""]
    elif view.place == 1 and not view.short_of:
        lines += [head(view.session, t), ""]
    if view.short_of:
        lines.append(
            t.html("That is a little short: {n} more characters are needed. Please write it again.", n=view.short_of)
        )
    at = t.html("({place} of {of})", place=view.place, of=view.of)
    lines.append(f"✏️ <b>{escape(_title(view.title, t))}</b> {at}")
    if view.hint:
        lines.append(italic(escape(_title(view.hint, t))))
    if view.photo:
        lines.append(t.html("Written by hand? Send a photo of the page instead."))
    return Shown("\n".join(lines))


@shows(NoteKept)
def kept(view: NoteKept, t: Texts) -> Shown:
    """It is in."""
    done = t.html("The note is kept.") if not view.again else t.html("The note has been replaced.")
    count = t.html("Your notes this month: {n}", n=view.this_month)
    text = f"{done} {count}\n\n{head(view.note.session, t)}"
    return Shown(text, ((Button(t("Write it anew"), pack("nt", "write", view.note.session.id)),),))


def _whole(note: NoteFacts, t: Texts, *, by: str) -> str:
    lines = [bold(escape(note.session.title)), by, *_lines(note.lines, t)]
    return "\n".join(lines)


@shows(NotePage)
def page(view: NotePage, t: Texts) -> Shown:
    """One note, for whoever picks."""
    if view.note is None:
        return Shown(t.html("No notes of the last weeks are left to look through."))
    note = view.note
    at = t.html("Note {page} of {pages}", page=view.page + 1, pages=view.pages)
    by = f"{escape(note.name)}（{escape(note.unit)}）· {t.moment(note.made_at)}"
    turn = []
    if view.page > 0:
        turn.append(Button(t("‹ Previous"), pack("nt", "page", view.page - 1)))
    if view.page < view.pages - 1:
        turn.append(Button(t("Next ›"), pack("nt", "page", view.page + 1)))
    rows = [(Button(t("👍 Pick as a good one"), pack("nt", "pick", note.id)),), *([tuple(turn)] if turn else [])]
    return Shown(f"{at}\n{_whole(note, t, by=by)}", tuple(rows), attachment=_photo(note))


@shows(NoteConsentAsked)
def consent(view: NoteConsentAsked, t: Texts) -> Shown:
    """May the group see it?"""
    text = t.html(
        "👍 {picker} has picked your note on “{title}” as a good one. May it be shown to the group?",
        picker=view.picker,
        title=view.note.session.title,
    )
    if view.answer != "asked":
        said = t.html("Your answer: {answer}", answer=t(_CONSENT[view.answer]))
        return Shown(f"{text}\n{said}")
    rows = tuple(
        (Button(t(label), pack("ntc", view.note.id, answer)),)
        for answer, label in (
            ("named", N_("Yes, with my name")),
            ("anonymous", N_("Yes, without my name")),
            ("refused", N_("No")),
        )
    )
    return Shown(text, rows)


@shows(NoteAnswered)
def answered(view: NoteAnswered, t: Texts) -> Shown:
    """For whoever picked."""
    text = t.html(
        "{name}'s note on “{title}”: {answer}.", name=view.name, title=view.title, answer=t(_CONSENT[view.answer])
    )
    if view.answer != "refused":
        text += " " + t.html("Posted to {n} groups.", n=view.groups)
    return Shown(text)


@shows(NotePraise)
def praise(view: NotePraise, t: Texts) -> Shown:
    """In the group."""
    note = view.note
    by = t.html("By {name} ({unit})", name=note.name, unit=note.unit) if view.is_named else ""
    title = bold(t.html("🌟 A good study note: our praise!"))
    body = "\n".join(part for part in (by, *_lines(note.lines, t)) if part)
    return Shown(f"{title}\n{bold(escape(note.session.title))}\n{body}", attachment=_photo(note))


@shows(DiligentList)
def diligent(view: DiligentList, t: Texts) -> Shown:
    """The month's list: notes 篇 and people 人 are two figures."""
    month = t("{year}, month {n}", year=view.month.year, n=view.month.month)
    title = t.html("Study notes of {month}", month=month)
    if view.unit:
        title = Html(f"{escape(view.unit)} · {title}")
    lines = [
        bold(title),
        t.html(
            "{notes} notes by {people} of {expected} people; {picked} picked as good ones",
            notes=view.notes,
            people=view.people,
            expected=view.expected,
            picked=view.picked,
        ),
    ]
    place = 0
    before: tuple[int, int] | None = None
    for number, one in enumerate(view.lines, 1):
        if before != (one.notes, one.picked):
            place, before = number, (one.notes, one.picked)
        lines.append(
            t.html(
                "{place}. {name} ({unit}): {notes} notes", place=place, name=one.name, unit=one.unit, notes=one.notes
            )
            + (t.html(", {n} picked", n=one.picked) if one.picked else "")
        )
    if view.in_group:
        lines.append(t.html("Thank you for studying so diligently!"))
        return Shown("\n".join(lines))
    button = Button(t("Post it to the group"), pack("nt", "praise", int(f"{view.month:%Y%m}")))
    return Shown("\n".join(lines), ((button,),) if view.lines else ())


def picked(t: Texts, *, new: bool) -> str:
    """A note was picked."""
    return t("Picked. Its author is asked for consent.") if new else t("It has been picked already.")


def posted(t: Texts, groups: int) -> str:
    """The list is in the groups."""
    return t("Posted to {n} groups.", n=groups)
