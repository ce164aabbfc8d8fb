"""The place projector: its page, its dialogs and its commands."""
