"""The methods of the Bot API that the sandbox acts on, one room a subject; importing this registers them all."""

from sandbox.methods import answers, chats, copying, editing, fetching, media, profile, sending

__all__ = ["answers", "chats", "copying", "editing", "fetching", "media", "profile", "sending"]
