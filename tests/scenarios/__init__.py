"""Whole periods of the five programmes, each from its own template to the office's report."""
