"""What pages are made of. Components show what they are given and ask nobody."""
