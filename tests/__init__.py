import zones  # noqa: F401 (before anything that loads GDAL, as in the program: see zones/drivers.py)
