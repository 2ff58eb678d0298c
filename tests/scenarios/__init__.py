"""Whole periods of a programme, from the shipped template to the office's report."""
