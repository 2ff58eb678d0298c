"""Reports and bulletins."""
