"""What keys leave behind is cleared up between them, and not in the middle of one."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from playbook.sweeping import AFTER, WORTH, Sweeping


@pytest.fixture(autouse=True)
def _by_hand() -> Iterator[None]:
    """Nothing is collected unless it is asked for."""
    before = gc.get_threshold()
    gc.disable()
    yield
    gc.enable()
    gc.set_threshold(*before)
    gc.unfreeze()


class Knot:
    """Holds on to itself."""

    def __init__(self) -> None:
        self.me = self


def knots(count: int) -> "weakref.ref[Knot]":
    gc.collect()
    made = [Knot() for _ in range(count)]
    return weakref.ref(made[0])


async def test_what_a_key_left_goes_once_it_is_drawn() -> None:
    left = knots(WORTH)
    Sweeping().later()
    assert left() is not None
    for _ in range(100):
        await asyncio.sleep(AFTER)
        if left() is None:
            return
    raise AssertionError("nobody looked")


async def test_a_key_that_comes_first_puts_it_off() -> None:
    sweeping = Sweeping()
    sweeping.later()
    first = sweeping.next
    sweeping.later()
    assert first is not None
    assert first.cancelled()
    assert sweeping.next is not None
    assert sweeping.next.when() >= first.when()


async def test_a_little_is_left_for_later() -> None:
    left = knots(10)
    Sweeping().later()
    await asyncio.sleep(AFTER * 3)
    assert left() is not None
