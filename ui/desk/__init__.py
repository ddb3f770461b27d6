"""The benches of the digitizing desk."""
