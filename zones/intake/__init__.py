"""Files from elsewhere: looked at first, read strictly, brought to CGCS2000, every feature accounted for."""
