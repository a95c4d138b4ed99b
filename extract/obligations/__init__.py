"""Who must do what by when: tables, label blocks, sentences and lists."""
