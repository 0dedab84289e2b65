"""Remarks on playbooks, kept in rows by playbook, so that all of them are found without folding a run."""

from playbook.core.remarks import Fates, Remark, Remarked, StepFate
from playbook.core.run import Run
from playbook.store.database import Reader, Transaction


def save_remarks(tx: Transaction, run: Run, *, is_known: bool) -> None:
    """Write a run's remarks; `is_known`: those that stand there are of this run as it was, and none was taken back."""
    if not is_known:
        tx.execute("delete from remark where run = ?", (run.id,))
    rows = [
        {
            "id": each.id, "playbook": run.playbook.id, "step_id": each.step, "run": run.id, "title": each.title,
            "at": each.at, "by": each.by, "text": each.text, "outcome": each.outcome, "reason": each.reason,
            "closed_at": each.closed_at, "closed_by": each.closed_by,
        }
        for each in run.remarks
    ]  # fmt: skip
    tx.upsert_plain("remark", rows, ("id",))


def remarks_of(reader: Reader, playbook: str) -> list[Remarked]:
    """Every remark on a playbook, the newest first."""
    query = """select m.id, m.step_id, m.title, m.at, m.by, m.text, m.outcome, m.reason, m.closed_at, m.closed_by,
                      r.id, r.name, c.name, r.language
               from remark m indexed by remark_playbook cross join run r on r.id = m.run
               join client c on c.id = r.client where m.playbook = ? order by m.at desc, m.id desc"""
    return [Remarked(Remark(*row[:10]), *row[10:]) for row in reader.read(query, (playbook,))]


def fates_of(reader: Reader, playbook: str, today: str, now: str) -> Fates:
    """What became of each step that was remarked on, over all runs of the playbook; hidden ones do not count."""
    query = """
        with of as materialized (
            select distinct step_id from remark indexed by remark_playbook where playbook = :playbook)
        select s.step_id, sum(s.state = 'skipped'), sum(s.state = 'n/a'),
               coalesce(sum(s.due < case when length(s.due) = 10 then :today else :now end), 0), count(*)
        from of cross join run r indexed by run_playbook on r.playbook = :playbook
        cross join step s on s.run = r.id and s.step_id = of.step_id
        where s.hidden = 0 group by s.step_id"""
    rows = reader.read(query, {"playbook": playbook, "today": today, "now": now})
    return {step_id: StepFate(*counts) for step_id, *counts in rows}
