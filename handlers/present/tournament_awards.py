"""The certificates of a tournament: the buttons on its card, the message that brings the files."""

from handlers.callback_data import pack
from handlers.present.afterwards import PREFIX as PAPER
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts
from study.afterwards import TournamentFile

PREFIX = f"{PAPER}tournament:"
"""How the stored name begins; form, tournament and person follow."""
_NAMES = {"pdf": N_("Certificates"), "png": N_("Certificates as pictures")}


def award_row(tournament_id: int, t: Texts) -> tuple[Button, ...]:
    """The two buttons of a tournament that is decided."""
    return tuple(Button(t(name), pack("tour", "cert", tournament_id, form)) for form, name in _NAMES.items())


@shows(TournamentFile)
def file(view: TournamentFile, t: Texts) -> Shown:
    """All certificates in one archive."""
    what = t(_NAMES[view.form])
    caption = t.html("{what}, tournament {id}, as of {at}", what=what, id=view.tournament_id, at=t.moment(view.at))
    stored = f"{PREFIX}{view.form}:{view.tournament_id}:{view.user_id}"
    name = t("{what}, tournament {id}", what=what, id=view.tournament_id)
    return Shown(caption, attachment=Attachment("document", stored=stored, name=f"{name}.zip"))


def wish_of(stored: str) -> tuple[str, int, int]:
    """What such a name asks for: the form, the tournament, for whom."""
    form, tournament_id, user_id = stored.removeprefix(PREFIX).split(":")
    return form, int(tournament_id), int(user_id)
