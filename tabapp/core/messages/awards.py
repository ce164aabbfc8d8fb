"""Sentences about awards."""

MESSAGES: dict[str, str] = {
    "award_event_unknown": (
        "{event} is no event that awards follow from. Choose one of: {known}."
    ),
}
