"""The page that brings files in, and the layers of a session."""
