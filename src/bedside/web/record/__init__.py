"""The pages of the record. They stand in the shell because the audit room knows nobody, not even members."""
