"""Polygon layers of any size counted under the zones: streamed, exact, on one machine or many."""
