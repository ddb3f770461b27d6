"""Corridors: axis, band, chainage, and what covers them at any width."""
