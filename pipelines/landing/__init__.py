"""Where a quarter ends: what is closed, what open deals may bring, what is not there yet.

``landing`` says it on any day, from what was known on that day; ``track_record`` makes the same
landings for days of finished quarters and compares them with what came.
"""
