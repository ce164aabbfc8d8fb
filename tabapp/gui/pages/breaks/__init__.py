"""The place breaks: its page, its dialogs and its commands."""
