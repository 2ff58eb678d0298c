"""The bots beside ours, each a script of its own that knows nothing of ours and runs in an environment of its own."""
