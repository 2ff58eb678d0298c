"""``python -m bot`` is ``studyhall``."""

from bot.cli import main

main()
