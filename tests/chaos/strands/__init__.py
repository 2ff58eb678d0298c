"""What the people of the office do all the while, each strand by itself: a capability that a kill may fall into."""
