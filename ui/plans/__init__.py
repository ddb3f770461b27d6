"""The pages on what the plans say: indicators and contradictions."""
