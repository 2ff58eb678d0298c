"""The record of one person: study, exams, evaluation, duties; as text and as a Word file."""

from handlers.callback_data import pack
from handlers.present.official_paper import OfficialPaper
from handlers.present.report_words import amount, chapter_title, figure_title
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape
from study.person_records import PersonRecord, QuotaFact, RecordFile

PREFIX = "record-file:"
"""How the stored name of a record's file begins; the person and the reader follow."""


def _words(title: dict[str, str], t: Texts) -> str:
    return title.get(t.language) or next(iter(title.values()))


@shows(PersonRecord)
def page(view: PersonRecord, t: Texts) -> Shown:
    """Everything on one page."""
    head = t("Record of {name}, {year}", name=view.name, year=view.year)
    lines: list[str] = [
        f"📁 {bold(escape(head))}",
        escape(" · ".join(one for one in (view.unit, view.level, view.post) if one)),
    ]
    for chapter in view.chapters:
        lines += ["", bold(escape(chapter_title(chapter, t)))]
        lines += [
            t.html(
                "• {title}: <b>{amount}</b>", title=figure_title(figure, t), amount=amount(figure.key, figure.value, t)
            )
            for figure in chapter.figures[:20]
        ] or [t.html("nothing yet")]
    if view.quotas:
        lines += ["", bold(escape(t("Quotas of the year")))]
        lines += [f"• {escape(_quota(one, t))}" for one in view.quotas[:20]]
    return Shown("\n".join(lines), ((Button("Word", pack("record", view.person_id)),),))


def _quota(one: QuotaFact, t: Texts) -> str:
    return f"{_words(one.title, t)} · {_words(one.slot, t)} {one.done}/{one.wanted}"


@shows(RecordFile)
def file(view: RecordFile, t: Texts) -> Shown:
    """The message that brings the Word file."""
    stored = f"{PREFIX}{view.person_id}:{view.user_id}"
    attachment = Attachment("document", stored=stored, name=f"record-{view.year}-{view.person_id}.docx")
    return Shown(t.html("Record of {name}, {year}", name=view.name, year=view.year), attachment=attachment)


def wish_of(stored: str) -> tuple[int, int]:
    """The person and the reader that a stored name means."""
    person, reader = stored.removeprefix(PREFIX).split(":")
    return int(person), int(reader)


def record_docx(view: PersonRecord, programme: str, t: Texts) -> bytes:
    """The record as a Word file. Takes a moment: call it off the event loop."""
    paper = OfficialPaper(t)
    paper.title(t("{programme}: record of real results", programme=programme))
    facts = [(t("Name"), view.name), (t("Unit"), view.unit), (t("Year"), str(view.year))]
    facts += [(label, value) for label, value in ((t("Level"), view.level), (t("Post"), view.post)) if value]
    paper.table(facts, widths=(3.2, 12.4), bold_first=True)
    for chapter in view.chapters:
        paper.heading(chapter_title(chapter, t))
        rows = [(figure_title(one, t), amount(one.key, one.value, t)) for one in chapter.figures]
        if rows:
            paper.table([(t("Figure"), t("Value")), *rows], widths=(10.4, 5.2), header=True)
        else:
            paper.paragraph(t("nothing yet"))
    if view.quotas:
        paper.heading(t("Quotas of the year"))
        for one in view.quotas:
            paper.paragraph(_quota(one, t))
    paper.paragraph(t("Counted {at}", at=t.moment(view.taken_at)))
    return paper.content()


ERRORS = {
    "record_person.none": N_("Nobody of your units is called {name}."),
    "record_person.many": N_("Several people are called {name}; please send the code: {near}"),
}
