"""What to read before a meeting: each of the three rhythms has its own."""
