"""How question banks look to organisers."""

from typing import ClassVar

from handlers.callback_data import pack
from handlers.present.banks import error_lines, near_pairs
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape
from quizzes.bank.formats import EXTENSIONS
from quizzes.bank_desk import BankCard, BankList, BankTaken
from study.content import excerpt
from study.views import View

PREFIX = "bankfile:"
"""How the stored name of a bank's file begins; the rest says which, in which format and for whom."""

KIND_NAMES = {
    "single": N_("one answer"),
    "several": N_("several answers"),
    "true_false": N_("true or false"),
    "fill_in": N_("fill in"),
    "oral": N_("spoken"),
}
_FORMS = (("xlsx", "Excel"), ("docx", "Word"), ("text", "TXT"))
_LINES_SHOWN = 12
_NAME_SHOWN = 40


class BankFile(View):
    """A bank as a file for one person."""

    kind: ClassVar[str] = "bank.file"
    id: int
    name: str
    form: str
    user_id: int


def wish_of(stored: str) -> tuple[int, str, int]:
    """What a stored name says: the bank, the format, the person."""
    bank_id, form, user_id = stored.removeprefix(PREFIX).split(":")
    return int(bank_id), form, int(user_id)


@shows(BankList)
def bank_list(view: BankList, t: Texts) -> Shown:
    """Every bank as a button, and how a new one comes in."""
    lines: list[str] = [bold(t.html("Question banks"))]
    if not view.banks:
        lines.append(t.html("There is none yet."))
    lines.append(
        t.html("To take one in, send me its file: Excel, CSV, Word or text. The bank is called as the file is.")
    )
    rows = tuple(
        (Button(f"{excerpt(bank.name, _NAME_SHOWN)} · {_questions(bank.items, t)}", pack("bank", "show", bank.id)),)
        for bank in view.banks
    )
    return Shown("\n\n".join(lines), rows)


def _questions(count: int, t: Texts) -> str:
    return t.plural("{n} question", "{n} questions", count)


@shows(BankCard)
def card(view: BankCard, t: Texts) -> Shown:
    """What is in it, and how it was answered."""
    lines = [f"{bold(escape(view.name))}  {escape(_questions(view.items, t))}"]
    lines.append(escape(" · ".join(f"{t(KIND_NAMES[kind])} {count}" for kind, count in view.kinds)))
    unrated = t("not rated")
    stars = [f"{'★' * level or unrated} {count}" for level, count in view.difficulties]
    lines.append(t.html("Difficulty: {levels}", levels=" · ".join(stars)))
    if view.categories:
        named = t(", ").join(f"{name} {count}" for name, count in view.categories)
        if view.other_categories:
            named = f"{named} {t('and {n} more', n=view.other_categories)}"
        lines.append(t.html("Categories: {names}", names=named))
    lines += ["", *_answered(view, t)]
    files = tuple(Button(label, pack("bank", "file", view.id, form)) for form, label in _FORMS)
    return Shown("\n".join(lines), (files, (Button(t("All banks"), pack("bank", "list")),)))


def _answered(view: BankCard, t: Texts) -> list[str]:
    if view.right is None:
        return [t.html("No contest has asked one of its questions yet.")]
    lines = [
        t.html(
            "Asked so far: {asked}. Answers: {answers}, of them {right}% right.",
            asked=view.asked,
            answers=view.answers,
            right=view.right,
        )
    ]
    if view.mean_ms is not None:
        lines.append(t.html("Mean time of an answer: {seconds} s", seconds=f"{view.mean_ms / 1000:.1f}"))
    if view.hardest:
        lines += ["", bold(t.html("Least often right"))]
        lines += [
            escape(t("{share}% of {answers}: {text}", share=one.share, answers=one.answers, text=excerpt(one.text)))
            for one in view.hardest
        ]
    return lines


@shows(BankFile)
def file(view: BankFile, _t: Texts) -> Shown:
    """The bank as a document."""
    stored = f"{PREFIX}{view.id}:{view.form}:{view.user_id}"
    name = f"{view.name}{EXTENSIONS[view.form]}"
    return Shown(escape(view.name), attachment=Attachment("document", stored=stored, name=name))


@shows(BankTaken)
def taken(view: BankTaken, t: Texts) -> Shown:
    """What was taken in, and each question that was not, with its line."""
    head = t.html(
        "Bank “{bank}”: {new} new questions, {renewed} brought up to date.",
        bank=view.bank,
        new=view.new,
        renewed=view.renewed,
    )
    parts = [head]
    attachment = None
    problems = error_lines(view.problems, t)
    remarks = [*near_pairs(view.near, t), *error_lines(view.remarks, t)]
    if problems:
        count = view.left_out
        title = t.plural(
            "{n} mistake; that question was left out:", "{n} mistakes; those questions were left out:", count
        )
        parts.append("\n".join([bold(escape(title)), *map(escape, problems[:_LINES_SHOWN])]))
    if remarks:
        parts.append("\n".join([bold(t.html("Please look at:")), *map(escape, remarks[:_LINES_SHOWN])]))
    if len(problems) > _LINES_SHOWN or len(remarks) > _LINES_SHOWN:
        content = "\r\n".join([*problems, "", *remarks]).encode("utf-8-sig")
        attachment = Attachment("document", content=content, name=t("bank mistakes.txt"))
        parts.append(t.html("The file above lists all of them."))
    return Shown("\n\n".join(parts), (), attachment)


def preparing(t: Texts) -> str:
    """What a press answers."""
    return t("The file is on its way.")
