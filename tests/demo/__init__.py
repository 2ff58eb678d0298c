"""The demo as a newcomer sees it, in a real Chromium."""
