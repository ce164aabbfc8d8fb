"""Which batches of bulk work are done, so that a run that begins again skips them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tabapp.jobs.outcome import digest_of


class BatchBook:
    """Counts the batches that are done, for each loop of a job by its place and its items.

    Other items, or another size, begin from the start. ``store`` keeps the counts with the run.
    """

    def __init__(
        self, done: Mapping[str, int], store: Callable[[Mapping[str, int]], None]
    ) -> None:
        self._done = dict(done)
        self._store = store
        self._loops = 0
        self._open: tuple[str, int] | None = None

    def begin(self, items: Sequence[object], size: int) -> tuple[str, int]:
        """Return the key of the next loop, and how many of its batches are done."""
        if self._open is not None:
            raise RuntimeError("loops over batches do not nest")
        self._loops += 1
        key = f"{self._loops}:{size}:{digest_of(items)[:16]}"
        return key, self._done.get(key, 0)

    def enter(self, key: str, number: int) -> None:
        """Remember which batch is worked on; they count from 1."""
        self._open = (key, number)

    def mark(self) -> bool:
        """Store that the batch is done; False when it was marked already."""
        if self._open is None:
            return False
        key, number = self._open
        self._open = None
        self._done[key] = number
        self._store(dict(self._done))
        return True

    def leave(self) -> None:
        """Forget the batch that is worked on, since the job has left its loop."""
        self._open = None
