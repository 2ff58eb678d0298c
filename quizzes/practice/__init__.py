"""Spaced review: the questions that somebody got wrong come again when they are about to be forgotten."""
