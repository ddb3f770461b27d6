"""Edits of one zone's shape, and what is odd about it before it is saved."""
