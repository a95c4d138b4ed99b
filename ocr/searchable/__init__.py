"""Searchable copies: the pages of a file with the corrected text laid unseen behind them, as PDF/A-2b."""
