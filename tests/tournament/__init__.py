"""The rules of tournaments, by examples and by properties."""
