"""What a person touches: command line, pages, session state, caches and the map component."""
