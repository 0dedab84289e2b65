"""Collecting problems: all of one file, but never more than anybody would read."""

from playbook.core.problems import Level, Problem, Where

MOST = 500
"""Problems told of one file; what comes after is only counted."""


class ProblemList:
    """The problems found so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.left_out = 0

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted, so that working out their hints is in vain."""
        return len(self.problems) >= MOST

    def add(self, code: str, where: Where, level: Level = "error", **args: object) -> None:
        """Tells a problem."""
        self.put(Problem(code, where, args, level))

    def put(self, problem: Problem) -> None:
        """Tells a problem that was found elsewhere."""
        if self.is_full:
            self.left_out += 1
        else:
            self.problems.append(problem)

    def everything(self) -> list[Problem]:
        """All problems; a last one says how many more there are."""
        if not self.left_out:
            return self.problems
        return [*self.problems, Problem("more-problems", args={"count": self.left_out})]
