"""The monthly gap review: what is off, where it comes from, what is decided about it."""
