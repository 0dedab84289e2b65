"""How the core's properties are tried: often enough to find a slip, quick enough to run on every save."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

CALM = settings(deadline=None, max_examples=80, database=None)
"""For properties of plain functions."""

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
"""Days a run might have to do with."""

CLOSED = st.frozensets(st.dates(date(2026, 11, 1), date(2027, 2, 28)), max_size=30)
"""Days off, thick enough to make weeks in which nobody works."""

NEAR_DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 28))
"""Days among those."""
