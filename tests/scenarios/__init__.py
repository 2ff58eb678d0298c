"""Whole periods of the shipped programmes, through the sandbox, against figures worked out by hand."""
