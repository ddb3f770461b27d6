"""The page on raster statistics."""
