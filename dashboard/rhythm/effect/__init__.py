"""Whether the rhythm is kept, and whether it changes anything."""
