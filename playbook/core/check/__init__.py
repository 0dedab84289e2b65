"""What a playbook says that cannot be meant: dangling references, cycles, conditions that never hold.

Works on a partial playbook, so that one pass shows these problems beside those of reading.
"""

from collections.abc import Container

from playbook.core.check.conditions import check_conditions
from playbook.core.check.cycles import check_cycles
from playbook.core.check.dates import check_dates
from playbook.core.check.fields import check_fields
from playbook.core.check.names import Names, References, check_ids
from playbook.core.check.steps import check_sections, check_steps
from playbook.core.check.texts import check_texts
from playbook.core.check.waiting import check_waiting
from playbook.core.check.wording import check_wording
from playbook.core.playbook import Playbook
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Problem


def check(playbook: Playbook, saved: Container[str] | None = None) -> list[Problem]:
    """Every semantic problem, each at its TOML path.

    `saved` holds the names that the library's fields save on clients; without it, names of the client that this
    playbook does not save itself are taken on trust.
    """
    problems = ProblemList()
    names = Names(playbook)
    references = References(names, problems)
    check_ids(names, problems)
    check_sections(names, problems)
    check_fields(names, problems)
    check_steps(names, references, problems)
    check_dates(names, references, problems)
    check_conditions(names, references, problems, saved)
    check_texts(names, problems, saved)
    check_cycles(names, problems)
    check_waiting(names, problems)
    check_wording(names, problems)
    return problems.everything()
