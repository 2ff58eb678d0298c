"""The bot as a real process, killed at random moments under a mixed load: ``python -m tests.chaos``.

``office`` is the office it happens in, ``strands`` what its people do all the while, ``moments`` when the bot is killed,
``autopsy`` what is on disk then, ``run`` the whole course, ``summary`` what is said about it.
"""
