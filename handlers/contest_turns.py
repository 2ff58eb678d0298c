"""Contests where teams take turns or answers are typed: choosing a stake, and words that are an answer."""

from handlers.act import Press, Said
from handlers.present import contest_turns as show
from handlers.room import Meaning, Room
from quizzes.engine import commands as c
from quizzes.errors import ContestGone
from study.notes import Note


async def press_stake(act: Press) -> None:
    """A stake, or to pass."""
    fields = act.fields
    contest_id, nonce, stake = fields.number(), fields.number(), fields.number()
    command = c.Stake(act.sender.id, None if stake == show.PASS else stake, act.update_id, act.received_at, nonce)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(show.staked(done, act.sender.id, act.t))


def hears(act: Said, is_word: bool) -> Meaning | None:
    """Whether a message is an answer: its writer is to answer now, in this chat.

    The words that do what a command does keep their meaning, unless they are the right answer: nobody's check-in is
    taken for a wrong one.
    """
    ear = act.house.contests.ear(act.chat.id, act.sender.id)
    if ear is None or not act.message.text or (is_word and not ear.question.accepts(act.words)):
        return None
    if ear.closed:
        return Meaning(_too_late, first=False)

    async def answer(act: Said) -> None:
        command = c.Type(act.sender.id, show.answer_text(act.words), act.update_id, act.received_at)
        try:
            done = await act.house.contests.write(
                ear.contest_id, command, message_id=None if ear.private else act.message_id, sent_at=act.message.date
            )
        except ContestGone:
            return  # a backup was restored meanwhile: it is only a message
        if ear.private and (told := show.typed(done, act.sender.id, act.t)):
            await act.reply(Note(text=told))

    return Meaning(answer, first=True)


async def _too_late(act: Said) -> None:
    await act.reply(Note(text=show.closed(act.t)))


ROOM = Room(presses={"stake": press_stake}, hears=hears)
