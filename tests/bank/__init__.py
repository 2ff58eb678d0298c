"""Question banks: every format, every way to be wrong."""
