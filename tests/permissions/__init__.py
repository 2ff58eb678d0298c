"""Who may do what: the table, walked cell by cell."""
