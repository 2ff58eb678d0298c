"""Whole periods of the shipped programmes, each from its own template to the office's report, against figures worked out by hand."""
