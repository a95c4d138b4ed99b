"""The Datasette plugin: pages that show each fact beside its evidence."""
