"""A second opinion on what was read: the text layer, another engine, the strokes of a numeral."""
