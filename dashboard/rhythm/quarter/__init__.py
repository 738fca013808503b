"""The quarterly review: what is kept, changed and dropped, with evidence, and what comes next."""
