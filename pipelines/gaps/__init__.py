"""Where the gap between a KPI and its target, or its last year, comes from."""
