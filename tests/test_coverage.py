"""Everything the sources ask is carried by a step or a feature, and the page says by which."""

import re

from docs.coverage import PAGE, carrying, page, seeds


def test_every_seed_is_carried() -> None:
    found = seeds()
    assert [seed.id for seed in found] == [f"S{n}" for n in range(1, 158)]
    assert [seed.id for seed in found if not seed.is_carried] == []


def test_no_step_names_a_seed_that_there_is_not() -> None:
    known = {seed.id for seed in seeds()}
    assert [name for name in carrying() if name not in known and not re.fullmatch(r"B\d{1,2}", name)] == []


def test_the_page_is_as_the_files_are() -> None:
    """`python docs/coverage.py` writes it anew."""
    assert PAGE.read_text("utf-8") == page()
