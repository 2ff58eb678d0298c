"""The web chat and the players that play by themselves."""
