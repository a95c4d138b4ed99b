"""The picture of a page before any letter is read: cleaned, upright, and the way back to the page."""
