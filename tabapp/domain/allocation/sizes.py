"""How many judges each debate is to have: the policy of panel sizes."""

from __future__ import annotations

import random

from tabapp.domain.allocation.costs import Options


def panel_sizes(debates: int, voting: int, options: Options, rng: random.Random) -> list[int]:
    """Return the number of voting places for each debate, most important debate first.

    ``per-debate``: as even as can be; the judges left over go to the most important rooms, or by
    lot where the policy is ``even``. ``per-adj``: one or three; the panels of three go to the most
    important rooms (``important_first``), by lot (``even``) or to the least important
    (``tabbycat``, as that program does). With fewer judges than debates the most important
    rooms have one each.
    """
    if options.no_panellists or voting <= debates:
        return [1 if d < voting else 0 for d in range(debates)]
    if options.per_adj:
        panels = min(debates, (voting - debates) // 2)
        base, more, larger = 1, 2, panels
    else:
        base, more, larger = voting // debates, 1, voting % debates
    if options.policy == "even":
        chosen = set(rng.sample(range(debates), larger))
    elif options.policy == "tabbycat" and options.per_adj:
        chosen = set(range(debates - larger, debates))
    else:
        chosen = set(range(larger))
    return [base + more if d in chosen else base for d in range(debates)]
