"""How far long work is, told to whoever waits for it, who can end it by what the call raises."""

from collections.abc import Callable
from dataclasses import dataclass

OnProgress = Callable[[int, int], None]
"""Called with what is done so far and what there is in all. What it raises ends the work."""

Check = Callable[[], None]
"""Called between the steps of long work. What it raises ends the work."""

OnShare = Callable[[float], None]
"""Called with the share that is done of a step, from 0 to 1."""

READING = 0.9  # of a file's bytes; the rest stands for making a table of what was read


@dataclass
class Meter:
    """Tells how far the work is. It never goes back, and never beyond the total."""

    total: int
    on_progress: OnProgress | None = None
    done: int = 0

    def at(self, done: float) -> None:
        """Tell that so many bytes are done, as far as more were not told before."""
        self.done = max(self.done, min(int(done), self.total))
        if self.on_progress is not None:
            self.on_progress(self.done, self.total)

    def file(self, start: int, size: int) -> "FileMeter":
        """The part of the work that one file is: its bytes, counted from `start`."""
        return FileMeter(meter=self, start=start, size=size)


@dataclass(frozen=True, kw_only=True)
class FileMeter:
    """Tells how far one file among others is."""

    meter: Meter
    start: int
    size: int

    def read(self, position: int) -> None:
        """The file has been read up to a position."""
        self.meter.at(self.start + READING * min(position, self.size))

    def made(self, share: float) -> None:
        """That share of what follows the reading is done."""
        self.meter.at(self.start + self.size * (READING + (1 - READING) * share))


def unchecked() -> None:
    """The `Check` of work that nobody ends."""
