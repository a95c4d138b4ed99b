"""The floor: what a document is, and what is known beforehand."""
