"""OCR engines behind one Protocol: which reads, and how each is run."""
