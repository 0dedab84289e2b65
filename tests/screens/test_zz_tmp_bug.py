from tests.screens.test_client_runs import *  # noqa
async def test_bug_instant_start(workspace, runs):
    add_playbook(workspace, "hours", 'title = "Hours"\n[[section]]\ntitle = "All"\n[[section.step]]\nid = "ring"\ntitle = "Ring"\ndue = "start + 2h"\n')
    other = start(workspace, "hours", "Luz").run
    assert "T" in other.start
    async with opened(workspace, [*runs, other.id], runs[0], other.id) as (app, pilot, _rows):
        await press(pilot, "d", *typing("mon"), "enter", "enter")
        print(rendered(app))
        await press(pilot, "enter")
        print([run_of(workspace, r).start for r in (runs[0], other.id)])
        assert run_of(workspace, other.id).start == "2026-11-30T09:00:00Z"
