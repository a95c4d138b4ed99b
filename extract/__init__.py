"""Facts of a dispatch, found by spaCy components and registered rules."""
