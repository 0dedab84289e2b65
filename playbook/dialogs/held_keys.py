"""Typing ahead: keys typed while a dialog opens are for the dialog, not for the screen below it.

And painting behind: a dialog that closes and the change it made are one frame, not three.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ReturnType
from textual.screen import Screen

LONGEST = 2.0
"""Seconds after which keys are let go in any case."""

UNPAINTED = 0.15
"""Seconds after which what has changed is painted in any case."""


class HeldKeys(App[ReturnType]):
    """An app that can hold back keys, and give them on in order when a dialog is ready for them."""

    def __init__(self) -> None:
        super().__init__()
        self._is_holding = False
        self._held: list[events.Key] = []
        self._let_go: Callable[[], None] | None = None
        self._typed_at = 0.0
        self._frame: AbstractContextManager[None] | None = None
        self.is_asking = False
        """Whether a flow of dialogs is under way, at whose end something may change."""

    def idle_for(self) -> float:
        """Seconds since the last key."""
        return monotonic() - self._typed_at

    def hold_keys(self) -> None:
        """From now on keys wait."""
        if not self._is_holding:
            self._is_holding = True
            self._let_go = self.set_timer(LONGEST, self.release_keys).stop

    def release_keys(self) -> None:
        """Give on what was typed meanwhile, as if it were typed now."""
        if not self._is_holding:
            return
        self._is_holding = False
        if self._let_go:
            self._let_go()
        held, self._held = self._held, []
        self.call_later(self._give_on, held)  # as the app: a key sent by a screen would not bubble past it

    def hold_frame(self) -> None:
        """Within a flow of dialogs, paint nothing until it has come to its end or to its next dialog."""
        if self.is_asking and self._frame is None:
            self._frame = self.batch_update()
            self._frame.__enter__()
            self.set_timer(UNPAINTED, self.release_frame)

    def release_frame(self) -> None:
        """Paint what has changed meanwhile."""
        if self._frame is not None:
            frame, self._frame = self._frame, None
            frame.__exit__(None, None, None)

    def _give_on(self, held: list[events.Key]) -> None:
        for event in held:
            self.post_message(events.Key(event.key, event.character))

    async def on_event(self, event: events.Event) -> None:
        """Keys wait, also those that were on their way already; everything else goes on."""
        if isinstance(event, events.Key):
            self._typed_at = monotonic()
            if self._is_holding:
                self._held.append(event)
                event.stop()
                return
        await super().on_event(event)


def hold_keys(screen: Screen[Any]) -> None:
    """Keys wait until what this screen opens can take them."""
    if isinstance(screen.app, HeldKeys):
        screen.app.hold_keys()


def release_keys(screen: Screen[Any]) -> None:
    """Keys go on to what this screen opened."""
    if isinstance(screen.app, HeldKeys):
        screen.app.release_keys()


def hold_frame(screen: Screen[Any]) -> None:
    """A dialog closes: what follows from it is painted together with that."""
    if isinstance(screen.app, HeldKeys):
        screen.app.hold_frame()


def release_frame(screen: Screen[Any]) -> None:
    """Paint again."""
    if isinstance(screen.app, HeldKeys):
        screen.app.release_frame()


def asking(screen: Screen[Any], is_asking: bool) -> None:
    """A flow of dialogs begins, or has ended."""
    if isinstance(screen.app, HeldKeys):
        screen.app.is_asking = is_asking
