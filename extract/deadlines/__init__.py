"""When something is due: the grammar, its rules, and working days."""
