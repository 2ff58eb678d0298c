"""The papers after a contest: the host's buttons, the messages that bring the files, their names."""

from handlers.callback_data import pack
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts
from study.afterwards import AfterFile, Paper

PREFIX = "after:"
"""How the stored name of a paper begins; the rest says which, of which contest and for whom."""
_NAMES = {
    Paper.MINUTES: N_("Minutes of the contest"),
    Paper.RESULTS: N_("Results of the contest"),
    Paper.CERTIFICATES: N_("Certificates"),
    Paper.PICTURES: N_("Certificates as pictures"),
}
_FORMS = {Paper.MINUTES: "docx", Paper.RESULTS: "xlsx", Paper.CERTIFICATES: "zip", Paper.PICTURES: "zip"}


def host_rows(contest_id: int, state: str, t: Texts) -> tuple[tuple[Button, ...], ...]:
    """The buttons of the host's panel once a contest is over; certificates only for one that was played to its end."""
    papers = {
        "finished": ((Paper.MINUTES, Paper.RESULTS), (Paper.CERTIFICATES, Paper.PICTURES)),
        "aborted": ((Paper.MINUTES, Paper.RESULTS),),
    }.get(state, ())
    return tuple(
        tuple(Button(t(_NAMES[paper]), pack("after", paper.value, contest_id)) for paper in row) for row in papers
    )


@shows(AfterFile)
def file(view: AfterFile, t: Texts) -> Shown:
    """A paper as a document."""
    name = f"{t(_NAMES[view.what])}-{view.contest_id}.{_FORMS[view.what]}"
    caption = t.html(
        "{what}, contest {id}, as of {at}", what=t(_NAMES[view.what]), id=view.contest_id, at=t.moment(view.at)
    )
    stored = f"{PREFIX}{view.what.value}:{view.contest_id}:{view.user_id}"
    return Shown(caption, attachment=Attachment("document", stored=stored, name=name))


def wish_of(stored: str) -> tuple[Paper, int, int]:
    """What such a name asks for: the paper, the contest, for whom."""
    what, contest_id, user_id = stored.removeprefix(PREFIX).split(":")
    return Paper(what), int(contest_id), int(user_id)


def preparing(t: Texts) -> str:
    """What a press answers."""
    return t("The file is being made and comes at once.")


def event_name(title: str, bank: str, t: Texts) -> str:
    """A contest as a certificate calls it."""
    return t("{title} ({bank})", title=title, bank=bank) if bank else title
