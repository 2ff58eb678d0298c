"""The contest engine, as histories of commands."""
