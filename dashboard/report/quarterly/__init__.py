"""The quarterly review on paper: one page to read, then the evidence."""
