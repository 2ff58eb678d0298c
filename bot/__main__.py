"""Where ``studyhall`` (also ``python -m bot``) begins.

Loading what the command line is made of takes a second. A Ctrl-C in that second must not end in a traceback from within an
import, nor be swallowed by one: until there is something to be put in order, a signal simply ends the process.
"""

import signal


def main() -> None:
    """Run the command line; a process that takes SIGINT as something else keeps that."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from bot.loading import loading, without_rich

    with loading(), without_rich():
        from bot.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
