"""Tables: ruled, drawn by the PDF, or aligned without lines; cells, joined pages, row numbers."""
