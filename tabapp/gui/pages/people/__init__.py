"""The place people: its page, its dialogs and its commands."""
