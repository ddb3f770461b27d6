"""Errors and findings told in the language of the page."""
