"""What developers run and the bot does not need."""
