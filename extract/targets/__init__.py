"""Figures to be reached."""
