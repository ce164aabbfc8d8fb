"""The place overview: its page, its dialogs and its commands."""
