"""The second screen: what the hall sees.

``state`` is the show without Qt: what is in preview, what is live, and when live falls dark.
``sheet`` holds painted pages as values, ``pages`` fills them; ``slides``, ``statements``,
``awards``, ``ballots``, ``breaking`` and ``standings`` lay out each kind of slide, ``stack`` what
stands in the middle of one; ``ordinals`` are places in words. ``announce`` is how other places
ask for a break.
``measure`` knows how wide words are, ``painting`` paints a sheet. ``screens`` finds the projector
by its identity, ``window`` stands on it. The one rule: of the domain only ``public`` is known
here, and nothing of services or store, so that nothing unreleased can be painted.
"""
