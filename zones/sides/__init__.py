"""四至: four sides in words to an area, and back."""
