"""Facts as rows: migrations, one transaction a document, search."""
