"""Decks of native, editable slides."""
