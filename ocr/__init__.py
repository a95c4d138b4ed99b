"""Pages of a PDF, picture or text file, as lines and words with boxes."""
