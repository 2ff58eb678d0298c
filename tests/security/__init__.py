"""Whoever does not belong in stays out, and whatever arrives stops nothing; docs/security.md names these tests."""
