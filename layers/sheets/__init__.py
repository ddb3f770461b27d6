"""Printed maps and atlases: paper, map face, panel, labels, and the check before a map goes out."""
