"""Released revisions, one module each, never changed again."""
