"""Writes docs/coverage.md: which steps and features carry what the two source articles ask: `python docs/coverage.py`.

What each seed asks and which features answer it stands in seeds.toml; which steps do is read from the playbooks.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tomli

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PAGE = DOCS / "coverage.md"

_HEAD = """\
# What the sources ask, and what carries it

Two articles on client relations are the reason for this program. Each thing they ask is a *seed*, S1 to S157. A step
names the seeds it carries in its `source`; references that begin with B are to practice found elsewhere. This page is
written by `python docs/coverage.py` from the shipped playbooks and [seeds.toml](seeds.toml), and a test fails when a
seed is carried by nothing.

| Seed | What it asks | Steps | Features |
|---|---|---|---|
"""


class Seed(NamedTuple):
    """One thing that the sources ask."""

    id: str
    says: str
    steps: tuple[str, ...]
    """`playbook/step` of each step that carries it."""
    features: tuple[str, ...]
    """What in the program itself answers it."""

    @property
    def is_carried(self) -> bool:
        """Whether anything does."""
        return bool(self.steps or self.features)


def seeds() -> list[Seed]:
    """Every seed in order, with what carries it."""
    table = tomli.loads((DOCS / "seeds.toml").read_text("utf-8"))
    carried, names = carrying(), table["features"]
    return [
        Seed(
            name, told["says"], tuple(carried[name]), tuple(names[f] for f in told["features"] if f in names)
        )
        for name, told in table["seeds"].items()
    ]


def carrying() -> Mapping[str, list[str]]:
    """The steps that name each source, as `playbook/step`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "playbooks" / "en").glob("*.toml")):
        for section in tomli.loads(path.read_text("utf-8"))["section"]:
            for step in section["step"]:
                for name in _listed(step.get("source", ())):
                    found[name].append(f"{path.stem}/{step['id']}")
    return found


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def page() -> str:
    """The whole page."""
    rows = (f"| {s.id} | {s.says} | {', '.join(s.steps)} | {', '.join(s.features)} |" for s in seeds())
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    missing = [seed.id for seed in seeds() if not seed.is_carried]
    print(
        f"{len(seeds()) - len(missing)} of {len(seeds())} seeds are carried"
        + f"; not: {missing}" * bool(missing)
    )
    sys.exit(bool(missing))
