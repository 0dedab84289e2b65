"""The garbage collector, kept out of the way: between keys it looks through what the last ones made.

A key makes some thousands of objects that hold on to each other. Left alone, the collector comes when there are
50,000, in the middle of some key, and takes as long as three frames.
"""

import asyncio
import gc

AFTER = 0.06
"""Seconds after a key when it is drawn as a rule, and the next one has not come yet."""

WORTH = 2_000
"""New objects from which on a look is worth it."""

LOOKS = 20
"""Looks at new objects for one at those that stayed."""


class Sweeping:
    """One event loop's collector."""

    def __init__(self) -> None:
        self.next: asyncio.TimerHandle | None = None
        """The look that is to come."""
        self._looks = 0

    def begin(self) -> None:
        """What there is by now stays for good and is not looked at again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, LOOKS, 100)  # a full look in the middle of a key is felt

    def later(self) -> None:
        """A key came: look once it is drawn, unless another one comes first."""
        if self.next is not None:
            self.next.cancel()
        self.next = asyncio.get_running_loop().call_later(AFTER, self._sweep)

    def _sweep(self) -> None:
        self.next = None
        if gc.get_count()[0] >= WORTH:
            self._looks += 1
            gc.collect(1 if self._looks % LOOKS == 0 else 0)
