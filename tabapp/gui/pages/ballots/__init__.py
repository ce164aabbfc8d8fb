"""The place ballots: its page, its dialogs and its commands."""
