"""Everything that works without a screen: importing, storing, computing and judging."""
