"""The life of what a gap review or a quarterly review decided: from the evidence to what came of it."""
