"""The pressure pact: what was agreed calmly, and what became of it under pressure."""
