"""The sandbox, held against Telegram."""
