"""Reads what DebateXML says outside its rounds: people, rooms, motions, categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tabapp.domain.archive import (
    Adjudicator,
    BreakCategory,
    Feedback,
    Institution,
    Motion,
    Question,
    Speaker,
    SpeakerCategory,
    Team,
    Venue,
    VenueCategory,
)
from tabapp.exchange.debatexml_parts import (
    Reading,
    called,
    children,
    free_id,
    keep,
    note,
    own_text,
    plain_number,
    ref,
    refs,
    slugify,
    whole_text,
)


@dataclass(frozen=True, slots=True)
class People:
    """Teams with their speakers, and judges."""

    teams: list[Team]
    speakers: list[Speaker]
    adjudicators: list[Adjudicator]
    judge_elements: Sequence[tuple[str, Element]]


def read_people(root: Element, reading: Reading) -> People:
    """Read ``participants``; a second one, as hand-made files have, counts too."""
    parts = children(root, "participants")
    for part in parts:
        reading.expect(part, ("team", "adjudicator"))
    team_elements = reading.ids(
        (team for part in parts for team in children(part, "team")), "team", "T"
    )
    judges = reading.ids(
        (judge for part in parts for judge in children(part, "adjudicator")), "adjudicator", "A"
    )
    of_team = {
        speaker: team for _, team in team_elements for speaker in children(team, "speaker")
    }
    members: dict[Element, list[tuple[str, Element]]] = {team: [] for _, team in team_elements}
    for speaker, element in reading.ids(of_team, "speaker", "S"):
        members[of_team[element]].append((speaker, element))
    teams, speakers = [], []
    for ident, element in team_elements:
        reading.expect(element, ("speaker",))
        team = _team(ident, element, children(element, "speaker"), reading)
        teams.append(team)
        speakers += [
            _speaker(speaker, one, team, reading)
            for speaker, one in members[element]
        ]
    return People(teams, speakers, [_judge(one, e, reading) for one, e in judges], judges)


def _team(ident: str, element: Element, speakers: Sequence[Element], reading: Reading) -> Team:
    """A team has no institution of its own: it is the only one that its speakers share."""
    where = f"team {ident}"
    homes = [refs(speaker, "institutions") for speaker in speakers]
    everywhere = list(dict.fromkeys(home for of_one in homes for home in of_one))
    shared = [home for home in everywhere if all(home in of_one for of_one in homes if of_one)]
    if reading.flag(element, "swing", where):
        kind = "swing"
    else:
        kind = "composite" if len(everywhere) > 1 and not shared else "normal"
    team = Team.model_validate({
        "id": ident,
        "name": called(element) or element.get("code", "").strip() or ident,
        "code_name": element.get("code", "").strip(),
        "institution": shared[0] if len(shared) == 1 else None,
        "type": kind,
        "break_categories": refs(element, "break-eligibilities"),
        "institution_conflicts": everywhere,
    })
    return keep(team, element, ("id", "name", "code", "swing", "break-eligibilities"))


def _speaker(ident: str, element: Element, team: Team, reading: Reading) -> Speaker:
    reading.expect(element, ())
    speaker = Speaker(
        id=ident,
        name=called(element),
        team=team.id,
        email=element.get("email", "").strip(),
        gender=element.get("gender", "").strip().lower(),
        categories=refs(element, "categories"),
    )
    homes = refs(element, "institutions")
    if homes and homes != [team.institution]:
        note(speaker, institutions=homes)
    return keep(
        speaker, element, ("id", "name", "email", "gender", "categories", "institutions")
    )


def _judge(ident: str, element: Element, reading: Reading) -> Adjudicator:
    where = f"adjudicator {ident}"
    reading.expect(element, ("feedback",))
    homes = refs(element, "institutions")
    judge = Adjudicator(
        id=ident,
        name=called(element),
        email=element.get("email", "").strip(),
        gender=element.get("gender", "").strip().lower(),
        institution=homes[0] if homes else None,
        base_score=reading.number(element.get("score"), "score", where) or 0.0,
        independent=reading.flag(element, "independent", where),
        adj_core=reading.flag(element, "core", where),
        institution_conflicts=homes,
        team_conflicts=refs(element, "team-conflicts"),
        adjudicator_conflicts=refs(element, "adjudicator-conflicts"),
    )
    used = (
        "id", "name", "email", "gender", "institutions", "score", "independent", "core",
        "team-conflicts", "adjudicator-conflicts",
    )
    return keep(judge, element, used)


def read_institutions(root: Element, reading: Reading) -> list[Institution]:
    """Read institutions; ``reference`` is the short code, Tabbycat adds ``region``."""
    return [
        keep(
            Institution(
                id=ident,
                name=called(element),
                code=element.get("reference", "").strip(),
                region=element.get("region", "").strip(),
            ),
            element,
            ("id", "name", "reference", "region"),
        )
        for ident, element in reading.ids(children(root, "institution"), "institution", "I")
    ]


def read_break_categories(root: Element, reading: Reading) -> list[BreakCategory]:
    """Read break categories. How many teams break is not in the file: the size is 0."""
    categories: list[BreakCategory] = []
    slugs: set[str] = set()
    listed = reading.ids(children(root, "break-category"), "break category", "BC")
    for seq, (ident, element) in enumerate(listed, start=1):
        given = element.get("priority")
        priority = reading.number(given, "priority", f"break category {ident}") or 0.0
        category = BreakCategory(
            id=ident,
            name=called(element),
            slug=_own_slug(called(element) or ident, slugs),
            seq=seq,
            priority=int(priority),
        )
        used = ("id", "name", "priority") if priority.is_integer() else ("id", "name")
        categories.append(keep(category, element, used))
    return categories


def read_speaker_categories(root: Element, reading: Reading) -> list[SpeakerCategory]:
    """Read speaker categories in their order."""
    slugs: set[str] = set()
    listed = reading.ids(children(root, "speaker-category"), "speaker category", "SC")
    return [
        keep(
            SpeakerCategory(
                id=ident,
                name=called(element),
                slug=_own_slug(called(element) or ident, slugs),
                seq=seq,
            ),
            element,
            ("id", "name"),
        )
        for seq, (ident, element) in enumerate(listed, start=1)
    ]


def _own_slug(text: str, taken: set[str]) -> str:
    base = slugify(text) or "category"
    slug = base if base not in taken else free_id(f"{base}-", taken, len(taken) + 1)[0]
    taken.add(slug)
    return slug


def read_venues(root: Element, reading: Reading) -> tuple[list[VenueCategory], list[Venue]]:
    """Read rooms. Their categories are a free text, here names between commas."""
    categories: dict[str, VenueCategory] = {}
    venues = []
    for ident, element in reading.ids(children(root, "venue"), "venue", "V"):
        names = dict.fromkeys(
            name.strip() for name in element.get("categories", "").split(",") if name.strip()
        )
        for name in names:
            categories.setdefault(name, VenueCategory(id=f"VC{len(categories) + 1}", name=name))
        priority = reading.number(element.get("priority"), "priority", f"venue {ident}")
        venue = Venue(
            id=ident,
            name=called(element),
            priority=priority or 0.0,
            categories=[categories[name].id for name in names],
        )
        venues.append(keep(venue, element, ("id", "name", "priority", "categories")))
    return list(categories.values()), venues


def read_motions(root: Element, reading: Reading) -> list[Motion]:
    """Read motions; the text stands around the info slide, which may hold markup."""
    motions = []
    for ident, element in reading.ids(children(root, "motion"), "motion", "M"):
        slides = [whole_text(slide) for slide in children(element, "info-slide")]
        reading.expect(element, ("info-slide",))
        motion = Motion(
            id=ident,
            reference=element.get("reference", "").strip(),
            text=own_text(element),
            info_slide="\n".join(slides),
        )
        motions.append(keep(motion, element, ("id", "reference")))
    return motions


def read_questions(root: Element, reading: Reading) -> list[Question]:
    """Read the questions of feedback forms."""
    return [
        keep(
            Question(
                id=ident,
                name=element.get("name", "").strip(),
                text=own_text(element),
                type=element.get("type", "").strip(),
                from_teams=reading.flag(element, "from-teams", f"question {ident}"),
                from_adjudicators=reading.flag(element, "from-adjudicators", f"question {ident}"),
                choices=[own_text(choice) for choice in children(element, "choice")],
            ),
            element,
            ("id", "name", "type", "from-teams", "from-adjudicators"),
        )
        for ident, element in reading.ids(children(root, "question"), "question", "Q")
    ]


def read_feedback(
    people: People, questions: Sequence[Question], rounds: dict[str, int], reading: Reading
) -> list[Feedback]:
    """Read the feedback on each judge. ``rounds`` maps debates to the seq of their round."""
    types = {question.id: question.type for question in questions}
    feedback: list[Feedback] = []
    for judge, element in people.judge_elements:
        for given in children(element, "feedback"):
            ident = f"F{len(feedback) + 1}"
            where = f"feedback on {judge}"
            debate = ref(given, "debate")
            answers: dict[str, object] = {}
            for answer in children(given, "answer"):
                question = ref(answer, "question") or ""
                answers[question] = _answer(own_text(answer), types.get(question, ""))
            one = Feedback(
                id=ident,
                round=rounds.get(debate) if debate else None,
                debate=debate,
                target=judge,
                source_team=ref(given, "source-team"),
                source_adjudicator=ref(given, "source-adjudicator"),
                score=reading.number(given.get("score"), "score", where),
                answers=answers,
            )
            used = ("debate", "source-team", "source-adjudicator", "score")
            feedback.append(keep(one, given, used))
    return feedback


def _answer(text: str, kind: str) -> str | bool | float | int:
    """Read an answer by the type of its question; as text where it does not fit."""
    if kind in {"bc", "bs"} and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    number = plain_number(text) if kind in {"i", "is", "f"} else None
    if number is None:
        return text
    return int(number) if number.is_integer() else number
