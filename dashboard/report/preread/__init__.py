"""What to read before a meeting, on paper: each of the three rhythms has its own words."""
