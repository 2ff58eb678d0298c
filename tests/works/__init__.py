"""Works that move through stages."""
