"""How plain notes and refusals look."""

from handlers.present.shown import Shown, shows
from handlers.texts import Texts, escape
from study.notes import Note, Refused


@shows(Refused)
def refused(view: Refused, t: Texts) -> Shown:
    """A refusal: the sentence, nothing else."""
    return Shown(escape(view.sentence))


@shows(Note)
def note(view: Note, t: Texts) -> Shown:
    """A note as it is."""
    return Shown(escape(view.text))
