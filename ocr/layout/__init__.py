"""Words into lines, columns, paragraphs; what stands beside the running text."""
