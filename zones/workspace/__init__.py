"""The workspace of the digitizing desk: revisions of the zones in one GeoPackage, their log, and publishing."""
