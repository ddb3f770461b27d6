"""Official boundaries: matched to zones, compared, and what follows from them."""
