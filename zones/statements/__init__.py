"""What the plans say: zones, indicators, relations, rules, and where they contradict each other."""
