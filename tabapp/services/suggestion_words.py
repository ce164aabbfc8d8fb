"""Suggestions in words: what stands out, why in numbers, and what accepting would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabapp.core.messages import word

Facts = Mapping[str, Any]


def title_of(facts: Facts) -> str:
    """Return what stands out, as one sentence."""
    return word(f"suggestion_title_{facts['code']}", _shown(facts))


def reason_of(facts: Facts) -> str:
    """Return why, in numbers."""
    more = _MORE.get(facts["code"], _nothing)(facts)
    return word(f"suggestion_why_{facts['code']}", _shown(facts) | more)


def would_of(facts: Facts) -> str:
    """Return what accepting would do; "" where it only marks as looked at."""
    code = facts["code"]
    return word(f"suggestion_would_{code}", _shown(facts)) if code in _DOES else ""


_MOST_TIMES = 1_000_000
_TOLD = 0.03
"""The part of the range of judges' scores from which a common difference is told."""
_DOES = frozenset({"judge", "swap", "swap_pool"})


def _shown(facts: Facts) -> dict[str, object]:
    """Return the facts as they stand in a sentence: numbers without needless places."""
    return {
        key: f"{value:g}" if isinstance(value, float) else value for key, value in facts.items()}


def _nothing(_facts: Facts) -> dict[str, object]:
    return {}


def _way(z: float) -> dict[str, object]:
    return {"z": f"{abs(z):.1f}", "way": "higher" if z > 0 else "lower"}


def _speech(facts: Facts) -> dict[str, object]:
    row = facts["rows"][0]
    return {
        "others": _others(row["others"]), "expected": f"{row['expected']:.1f}",
        "sd": f"{row['sd']:.1f}",
    } | _way(facts["z"])


def _team(facts: Facts) -> dict[str, object]:
    return {"expected": f"{facts['expected']:.1f}", "sd": f"{facts['sd']:.1f}"} | _way(facts["z"])


def _others(marks: list[float]) -> str:
    if not marks:
        return word("suggestion_others_none", {})
    low, high = f"{min(marks):g}", f"{max(marks):g}"
    if len(marks) == 1:
        return word("suggestion_other_one", {"low": low})
    return word("suggestion_others", {"count": len(marks), "low": low, "high": high})


def _times(times: float) -> str:
    return f"over {_MOST_TIMES:,}" if times >= _MOST_TIMES else f"{times:,.0f}"


def _exchange_speakers(facts: Facts) -> dict[str, object]:
    one, other = facts["rows"]
    return {
        "score": f"{one['score']:g}", "expected": f"{one['expected']:.1f}",
        "other_score": f"{other['score']:g}", "other_expected": f"{other['expected']:.1f}",
        "times": _times(facts["times"]),
    }


def _exchange_teams(facts: Facts) -> dict[str, object]:
    return {
        "side": facts["side"].upper(), "other_side": facts["other_side"].upper(),
        "times": _times(facts["times"]),
    }


def _judge(facts: Facts) -> dict[str, object]:
    kinder = facts["kinder"]
    code = "suggestion_kinder" if kinder > 0 else "suggestion_stricter"
    return {
        "kinder": word(code, {"kinder": f"{abs(kinder):.1f}"})
        if abs(kinder) >= _TOLD * (facts["high"] - facts["low"]) else "",
    } | _way(facts["z"])


def _swap(facts: Facts) -> dict[str, object]:
    saved = facts["before"] - facts["after"]
    return {
        "before": f"{facts['before']:.1f}", "after": f"{facts['after']:.1f}",
        "saved": f"{saved:.1f}",
    }


def _names(facts: Facts) -> dict[str, object]:
    names, more = facts["names"], facts["missing"] - len(facts["names"])
    return {"names": ", ".join(names) + (f" and {more} more" if more else "")}


def _homes(facts: Facts) -> dict[str, object]:
    return {"homes": " and ".join(filter(None, (facts["home"], facts["other_home"]))) or "none"}


_MORE = {
    "speech": _speech, "team": _team, "exchange_speakers": _exchange_speakers,
    "exchange_teams": _exchange_teams, "judge": _judge, "swap": _swap, "swap_pool": _swap,
    "speaker_twice": _homes, "judge_twice": _homes, "teams_institution": _names,
    "judges_institution": _names,
    "judges_score": _names, "speakers_email": _names, "judges_email": _names,
}
