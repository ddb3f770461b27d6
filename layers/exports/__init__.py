"""Zones as files that other programs read."""
