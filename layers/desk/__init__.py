"""Files of the digitizing desk: georeferenced figures, candidates of four sides."""
