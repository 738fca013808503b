"""Judgements about series of numbers. Pure: no database, no screen, no clock."""
