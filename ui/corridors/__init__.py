"""The page on corridors."""
