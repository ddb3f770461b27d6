"""A plan figure laid on the ground by control points, with the error of the fit."""
