"""The place rounds: its page, its dialogs and its commands."""
