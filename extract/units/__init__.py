"""Offices and their names: the registry, lists of units, and how names are written."""
