"""The place jobs: its page, its dialogs and its commands."""
