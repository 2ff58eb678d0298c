"""Whole periods of the shipped programmes, through the sandbox, against figures worked out by hand."""
"""Whole periods of the five programmes, each from its own template to the office's report."""
