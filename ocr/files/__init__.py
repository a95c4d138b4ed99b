"""What a file is and holds: PDF, picture or text; pages, text layers, signatures."""
