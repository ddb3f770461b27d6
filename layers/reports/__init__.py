"""The written report."""
