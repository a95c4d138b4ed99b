"""Vietnamese restored: pure text in, edits with reasons out; no pages, no files."""
