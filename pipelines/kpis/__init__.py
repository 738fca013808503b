"""KPIs: what they are, how they are read from TOML, and their values per period."""
