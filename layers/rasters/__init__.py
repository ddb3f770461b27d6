"""What is handed over about a raster: tables, histogram, preview."""
