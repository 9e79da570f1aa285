"""The `bedside` command. One module per subject, imported only when its words are used."""
