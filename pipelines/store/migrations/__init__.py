"""Numbered changes of the schema, one SQL file each, applied in order."""
