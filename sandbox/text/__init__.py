"""Formatted text as Telegram keeps it: plain characters, and entities counted in UTF-16 code units."""
