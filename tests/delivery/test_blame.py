"""Whom a 429 means."""

from bot.delivery.blame import Blame


def test_one_chat_again_and_again_is_that_chat():
    """The refusals of one chat never stop the others."""
    blame = Blame()

    verdicts = [blame.is_on_token(-1, float(second), hardly_used=True) for second in range(10)]

    assert not any(verdicts)


def test_three_chats_in_a_row_are_the_token():
    """Nothing passed in between: it cannot be all of them."""
    blame = Blame()

    verdicts = [blame.is_on_token(chat_id, 1.0, hardly_used=False) for chat_id in (-1, -2, -3)]

    assert verdicts == [False, False, True]


def test_busy_chats_refused_between_others_that_pass_are_themselves():
    """Three groups at their own limit, while other calls pass."""
    blame = Blame()

    verdicts = []
    for chat_id in (-1, -2, -3):
        verdicts.append(blame.is_on_token(chat_id, 1.0, hardly_used=False))
        blame.accepted()

    assert not any(verdicts)


def test_chats_hardly_written_to_are_the_token_even_if_others_pass():
    """A broadcast that is a little too fast is refused now and then, each time in another chat."""
    blame = Blame()

    verdicts = []
    for chat_id in (1, 2, 3):
        verdicts.append(blame.is_on_token(chat_id, chat_id * 1.0, hardly_used=True))
        blame.accepted()

    assert verdicts == [False, False, True]


def test_refusals_long_ago_do_not_count():
    """Three within a minute are three chats, not the token."""
    blame = Blame()

    verdicts = [blame.is_on_token(chat_id, chat_id * 20.0, hardly_used=True) for chat_id in (1, 2, 3)]

    assert not any(verdicts)
