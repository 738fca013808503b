"""Two finished quarters side by side: what the KPIs did, and how the rhythm was kept."""
