"""The big screen: what it shows, how it reaches the hall, and what it looks like."""
