"""The 90-day plan: priorities, the actions under them, and how it came to be what it is."""
