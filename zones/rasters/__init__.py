"""Rasters under zones: cells by the share a zone covers, with their true area."""
