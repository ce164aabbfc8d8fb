"""The place results: its page, its dialogs and its commands."""
