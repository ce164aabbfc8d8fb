"""The queue: the clock of the next two hours, what runs and waits, and the history with its log."""
