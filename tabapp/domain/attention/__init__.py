"""What a tab director may want to look at: suggestions, each with its reason in numbers.

``values`` what is read and found; ``record`` what mark a speech was to be expected to get by the
speaker's own record; ``ballots`` ballots worth a second look by it; ``judges`` base scores that
feedback speaks against; ``swaps`` exchanges of judges that make panels cheaper; ``registration``
what is missing or stands there twice; ``again`` what was answered and is no news.

Rule: a suggestion says what is unlikely and how much so; it decides nothing. What is named here
loads no NumPy, so that who only reads suggestions need not wait for it.
"""

from tabapp.domain.attention.again import is_news
from tabapp.domain.attention.values import (
    KINDS,
    JudgeRecord,
    Kind,
    Mark,
    Person,
    Registered,
    Scale,
    Suggestion,
    TeamRecord,
    TeamResult,
)

__all__ = [
    "KINDS", "JudgeRecord", "Kind", "Mark", "Person", "Registered", "Scale", "Suggestion",
    "TeamRecord", "TeamResult", "is_news",
]
