"""Meetings: prepared, run by the clock, closed with minutes."""
