"""What is handed over about a corridor: drawings, workbook, GeoPackage."""
