"""Check the speeches of one side: positions, speakers, scores, ghosts and replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tabapp.core.errors import Problem
from tabapp.domain import archive
from tabapp.domain.ballots.criteria import criteria_sum, has_marks, is_on_step
from tabapp.domain.ballots.paper import Paper
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side


def last_position(settings: Settings) -> int:
    """Return the number of speeches of a side, the reply included."""
    return settings.substantive_speakers + int(settings.reply_scores_enabled)


def check_speeches(
    paper: Paper,
    side: Side,
    team: str,
    debate: DebateContext,
    settings: Settings,
    *,
    scored: bool,
    speakers: bool = True,
) -> Iterator[Problem]:
    """Yield the problems of one side; ``scored`` says whether this ballot asks for marks.

    Without ``speakers`` nothing is said of who spoke: another sheet of the room tells that.
    """
    speeches = paper.speeches[side]
    yield from _check_positions(speeches, side, debate, settings)
    for speech in speeches:
        yield from _check_score(speech, side, debate, settings, scored)
        if speakers:
            yield from _check_speaker(speech, side, team, debate)
    if scored and not (paper.forfeits and len(paper.standing) < 2):
        yield from _check_missing(speeches, side, team, debate, settings)
    if speakers:
        yield from _check_doubles(speeches, side, debate, settings)
        yield from _check_reply(speeches, side, debate, settings)


def _check_positions(
    speeches: Sequence[archive.Speech], side: Side, debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    last = last_position(settings)
    for position, count in sorted(Counter(s.position for s in speeches).items()):
        where = debate.speech(side, position)
        if not 1 <= position <= last:
            yield Problem.of(
                "error", where, "speech_position_wrong",
                debate=debate.id, side=side.value, position=position, last=last,
            )  # fmt: skip
        elif count > 1:
            yield Problem.of(
                "error", where, "speech_position_twice",
                debate=debate.id, side=side.value, position=position,
            )  # fmt: skip


def _check_score(
    speech: archive.Speech, side: Side, debate: DebateContext, settings: Settings, scored: bool
) -> Iterator[Problem]:
    score = speech.score
    if score is None:
        return
    where = debate.speech(side, speech.position)
    facts = {
        "debate": debate.id, "side": side.value, "position": speech.position,
        "speaker": debate.name(speech.speaker or "?"), "score": f"{score:g}",
    }  # fmt: skip
    if not scored:
        yield Problem.of("error", where, "scores_not_asked", **facts)
        return
    if speech.position > settings.substantive_speakers:
        low, high = settings.reply_score_min, settings.reply_score_max
        step = settings.reply_score_step
    else:
        low, high, step = settings.score_min, settings.score_max, settings.score_step
    if not low <= score <= high:
        yield Problem.of(
            "error", where, "score_out_of_range", **facts, low=f"{low:g}", high=f"{high:g}"
        )
    elif criteria_sum(speech, debate.criteria) is not None:
        return  # the criteria have steps of their own
    elif not is_on_step(score, low, step):
        yield Problem.of(
            "error", where, "score_off_step", **facts, low=f"{low:g}", step=f"{step:g}"
        )


def _check_speaker(
    speech: archive.Speech, side: Side, team: str, debate: DebateContext
) -> Iterator[Problem]:
    where = debate.speech(side, speech.position)
    facts = {"debate": debate.id, "side": side.value, "position": speech.position}
    if speech.speaker is None:
        yield Problem.of("error", where, "speaker_missing", **facts)
        return
    named = {**facts, "speaker": debate.name(speech.speaker), "team": debate.name(team)}
    members = debate.speakers.get(team, frozenset())
    if debate.all_speakers and speech.speaker not in debate.all_speakers | members:
        yield Problem.of("error", where, "speaker_unknown", **named)
    elif speech.substitute_for is not None:
        if speech.substitute_for not in members:
            stranger = debate.name(speech.substitute_for)
            yield Problem.of("error", where, "substitute_for_stranger", **named, other=stranger)
    elif speech.speaker not in members:
        yield Problem.of("error", where, "speaker_not_in_team", **named)


def _check_missing(
    speeches: Sequence[archive.Speech],
    side: Side,
    team: str,
    debate: DebateContext,
    settings: Settings,
) -> Iterator[Problem]:
    scored = {
        speech.position for speech in speeches
        if speech.score is not None or has_marks(speech, debate.criteria)
    }  # fmt: skip
    for position in range(1, last_position(settings) + 1):
        if position not in scored:
            yield Problem.of(
                "error", debate.speech(side, position), "score_missing",
                debate=debate.id, side=side.value, team=debate.name(team), position=position,
            )  # fmt: skip


def _check_doubles(
    speeches: Sequence[archive.Speech], side: Side, debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    own: dict[str, int] = {}
    substantive = [
        s for s in speeches if s.position <= settings.substantive_speakers and s.speaker is not None
    ]
    for speech in (s for s in substantive if not s.ghost):
        speaker = speech.speaker or ""
        if speaker in own:
            yield Problem.of(
                "error", debate.speech(side, speech.position), "speaker_twice",
                debate=debate.id, side=side.value, speaker=debate.name(speaker),
                first=own[speaker], second=speech.position,
            )  # fmt: skip
        own.setdefault(speaker, speech.position)
    for speech in (s for s in substantive if s.ghost and s.speaker not in own):
        yield Problem.of(
            "error", debate.speech(side, speech.position), "ghost_alone",
            debate=debate.id, side=side.value, position=speech.position,
            speaker=debate.name(speech.speaker or ""),
        )  # fmt: skip


def _check_reply(
    speeches: Sequence[archive.Speech], side: Side, debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    count = settings.substantive_speakers
    spoke = {s.position: s.speaker for s in speeches if s.position <= count}
    for reply in (s for s in speeches if s.position > count and s.speaker is not None):
        where = debate.speech(side, reply.position)
        facts = {
            "debate": debate.id, "side": side.value, "speaker": debate.name(reply.speaker or "")
        }  # fmt: skip
        if reply.speaker == spoke.get(count):
            # circuits differ, so this is never more than a warning
            yield Problem.of("warning", where, "reply_by_last_speaker", **facts)
        if settings.require_substantive_for_reply and reply.speaker not in spoke.values():
            yield Problem.of("error", where, "reply_without_speech", **facts)
