"""The place settings: its page, its dialogs and its commands."""
