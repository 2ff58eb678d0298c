"""The language in which somebody, or a group, is spoken to."""

from handlers.act import Press, Said
from handlers.present import general as show
from handlers.room import Command, Room
from handlers.texts import LANGUAGES, N_
from study.errors import NotAllowed
from study.notes import Note


async def lang(act: Said) -> None:
    """Offer the languages, or take the one that was named."""
    wanted = {code.lower(): code for code in LANGUAGES}.get(act.words.strip().lower())
    if wanted is None:
        await act.reply(show.LanguageMenu())
    elif not (act.chat.is_private or await act.house.standings.runs_group(act.sender.id, act.chat.id)):
        raise NotAllowed()
    else:
        await act.reply(Note(text=await _choose(act, wanted)))


async def press_lang(act: Press) -> None:
    """Take the language that was pressed."""
    await act.toast(await _choose(act, act.fields.word(*LANGUAGES)))


async def _choose(act: Said | Press, code: str) -> str:
    name = act.sender.name if act.chat.is_private else act.chat.title
    t = await act.house.languages.choose(act.chat.id, code, name=name, now=act.received_at)
    return show.language_chosen(t)


ROOM = Room(
    commands=(Command("lang", lang, N_("choose the language"), "[zh-CN|zh-TW|en]"),),
    presses={"lang": press_lang},
)
