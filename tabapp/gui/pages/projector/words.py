"""What the console says of slides, screens and updates."""

from __future__ import annotations

from tabapp.domain.public import PublicRound, moved_rooms, moved_teams
from tabapp.gui.messages import count, tr
from tabapp.gui.names import isolate
from tabapp.gui.present.screens import Screen
from tabapp.gui.present.state import STEPPED, TURNING, Kind, Lock, Slide
from tabapp.services.public_break import Announced

TITLES = {
    Kind.TITLE: "Name of the tournament", Kind.ROOMS: "Draw by room",
    Kind.TEAMS: "Draw by team", Kind.MOTION: "Motion", Kind.BALLOTS: "Ballots out",
    Kind.STANDINGS: "Standings",
    Kind.BREAK: "Break", Kind.AWARDS: "Awards", Kind.MESSAGE: "Message",
}  # fmt: skip
ICONS = {
    Kind.TITLE: "house", Kind.ROOMS: "columns-3", Kind.TEAMS: "list-ordered",
    Kind.MOTION: "message-square-quote", Kind.BALLOTS: "inbox", Kind.STANDINGS: "list-ordered",
    Kind.BREAK: "git-fork", Kind.AWARDS: "award", Kind.MESSAGE: "pencil",
}  # fmt: skip
UNPLUGGED = "The projector is unplugged. Nothing moved to this screen. F12 resumes when it is back."


def title_of(kind: Kind) -> str:
    """Return what a slide is called."""
    return tr(TITLES[kind])


def lock_words(lock: Lock, round_: PublicRound | None) -> str:
    """Return what is missing before a slide can be shown, and what to do."""
    name = isolate(round_.name) if round_ is not None else ""
    return {
        "": "",
        "round": tr("This tournament has no round yet. Add one in the settings."),
        "draw": tr("The draw of {round} is not released. Release it to show it.", round=name),
        "motion": tr("The motion of {round} is not released. Release it to show it.", round=name),
        "standings": tr(
            "The standings are not public. Switch on public team standings in the settings, and "
            "complete a round that is not silent."),
        "break": tr("The break is being read."),
        "awards": tr("No award is public yet."),
        "text": tr("There are no words to show. Type the message below the list."),
    }[lock]


def break_lock_words(found: Announced | None) -> str:
    """Return why a break cannot be announced, and what to do; "" where nothing was read yet."""
    if found is None:
        return ""
    name = isolate(found.category)
    return {
        "": "",
        "unchosen": tr(
            "No break is announced. Choose its category here with Enter, or Announce… on the "
            "break page."),
        "unmade": tr("The {category} break is not made. Make it on the break page.", category=name),
        "tied": tr(
            "Teams are level for the last places of the {category} break. Decide the tie on the "
            "break page.", category=name),
        "outdated": tr(
            "The {category} break no longer fits the results. Make it again on the break page.",
            category=name),
    }[found.lock]


def short_break_lock(found: Announced | None) -> str:
    """Return the same in a line of the playlist."""
    if found is None or found.lock in ("", "unchosen"):
        return short_lock("break")
    words = {
        "unmade": tr("not made"), "tied": tr("tie not decided"), "outdated": tr("out of date"),
    }[found.lock]
    return tr("{category}: {what}", category=isolate(found.category), what=words)


def short_lock(lock: Lock) -> str:
    """Return the same in a line of the playlist."""
    return {
        "": "", "round": tr("no round yet"), "draw": tr("release the draw first"),
        "motion": tr("release the motion first"), "standings": tr("publish them first"),
        "break": tr("not announced"), "awards": tr("none is public yet"),
        "text": tr("no words yet"),
    }[lock]


def pages_words(kind: Kind, pages: int, seconds: float, *, by_hand: bool) -> str:
    """Return how much a slide is: "3 pages, 18 s each"."""
    if kind is Kind.MOTION:
        return tr("info slide, then motion") if pages > 1 else tr("one step")
    if kind in STEPPED:
        return count(pages, "step", "steps")
    if pages == 1:
        return tr("one page")
    if by_hand or kind not in TURNING:
        return count(pages, "page", "pages")
    return tr("{n} pages, {s} s each", n=pages, s=round(seconds))


def where_words(kind: Kind, page: int, pages: int) -> str:
    """Return which page of a slide is shown: "Motion · step 1 of 2"."""
    if pages < 2:
        return title_of(kind)
    if kind in STEPPED:
        return tr("{slide} · step {n} of {m}", slide=title_of(kind), n=page + 1, m=pages)
    return tr("{slide} · page {n} of {m}", slide=title_of(kind), n=page + 1, m=pages)


def screen_words(screen: Screen) -> str:
    """Return a screen as a person knows it: EPSON EB-L210, 1920 × 1080."""
    wide, high = screen.pixels
    return tr("{name}, {w} × {h}", name=screen.identity.words, w=wide, h=high)


def withdrawn_words(kind: Kind) -> str:
    """Return that what was live is public no more."""
    if kind is Kind.STANDINGS:
        return tr("The standings are no longer public. The hall sees nothing now.")
    if kind is Kind.BREAK:
        return tr("The break is no longer what was announced. The hall sees nothing now.")
    if kind is Kind.AWARDS:
        return tr("Some of the awards are no longer public. The hall sees nothing now.")
    return tr(
        "{slide} is no longer released. The hall sees nothing now.", slide=title_of(kind))


def update_words(live: Slide, update: Slide) -> str:
    """Return what changed since live was taken, and what the hall still sees."""
    before, after = live.round, update.round
    if before is None or after is None:
        return {
            Kind.AWARDS: tr(
                "Update ready: the awards were changed. Live still shows the old ones."),
            Kind.BREAK: tr(
                "Update ready: the break was changed. Live still shows the old one."),
            Kind.STANDINGS: tr(
                "Update ready: the standings have changed. Live still shows the old ones."),
        }.get(live.kind, "")
    if live.kind is Kind.MOTION and before.motions != after.motions:
        return tr("Update ready: the motion was changed. Live still shows the old one.")
    if before.rooms != after.rooms:
        return _draw_words(before, after)
    if before.starts != after.starts:
        return tr(
            "Update ready: the start is {now}, live shows {old}.",
            now=after.starts or tr("not set"), old=before.starts or tr("none"))
    return tr("Update ready: {slide} was changed after Take.", slide=title_of(live.kind))


def _draw_words(before: PublicRound, after: PublicRound) -> str:
    rooms, teams = moved_rooms(before, after), moved_teams(before, after)
    if len(rooms) == 1 and _only_moved(before, rooms[0][0], teams):
        old, new = (isolate(one or tr("no room")) for one in rooms[0])
        return tr(
            "Update ready: {old} moved to {new}. The live draw still shows {old}.",
            old=old, new=new)
    if len(teams) == 1:
        return tr(
            "Update ready: {team} has another place. Live still shows the old draw.",
            team=isolate(teams[0]))
    return tr(
        "Update ready: {n} teams have another place. Live still shows the old draw.",
        n=len(teams))


def _only_moved(round_: PublicRound, room: str, teams: tuple[str, ...]) -> bool:
    return any(
        one.room == room and {side.team for side in one.sides} == set(teams)
        for one in round_.rooms)
