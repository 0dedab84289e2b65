"""`due`: what moves, what would move, and what is impossible about it."""

from tests.cli.calling import bad, call, good, library
from tests.cli.scenes import RUN, quote

LATER = [
    "  promise  Promise a quote  Mon 23 Nov → Wed 25 Nov",
    "  deliver  Deliver it       Thu 26 Nov → Mon 30 Nov",
    "  after    Send a gift      Thu 3 Dec → Mon 7 Dec",
    "  ring     Ring them        Mon 30 Nov → Wed 2 Dec",
]


def head() -> tuple[str, str | None]:
    """Start and target of the run."""
    run = call("show", RUN, "--json").data["run"]
    return run["start"], run["target"]


def test_moving_the_start_is_shown_before_and_done_as_one_change() -> None:
    quote()
    changes = len(call("history", RUN, "--json").data)
    shown = call("due", RUN, "start", "+2", "--dry-run")
    assert (shown.code, shown.out.splitlines(), shown.err) == (0, LATER, "Nothing was stored.\n")
    assert head() == ("2026-11-23", None)
    assert len(call("history", RUN, "--json").data) == changes
    done = call("due", RUN, "start", "+2")
    assert (done.code, done.out, done.err.splitlines()) == (0, "", ["Day of the call: Wed 25 Nov.", *LATER])
    assert head() == ("2026-11-25", None)
    good("undo", RUN)
    assert head() == ("2026-11-23", None)
    assert call("due", RUN, "start", "+2", "--dry-run").out.splitlines() == LATER


def test_moving_the_target_names_what_becomes_impossible() -> None:
    quote()
    moved = call("due", RUN, "target", "23 nov", "--dry-run").out
    assert moved.splitlines() == [
        "  praise  Praise them  1 day before “Deadline” → Mon 23 Nov  would be before the start, so it is on the start",
    ]
    assert call("due", RUN, "target", "20", "dec").err.splitlines() == [
        "Deadline: Sun 20 Dec.", "  praise  Praise them  1 day before “Deadline” → Fri 18 Dec",
    ]  # fmt: skip
    assert head() == ("2026-11-23", "2026-12-20")


def test_a_date_by_hand_tells_who_follows() -> None:
    quote()
    shown = call("due", RUN, "deliver", "1", "dec", "--dry-run")
    assert shown.out.splitlines() == [
        "  deliver  Deliver it   Thu 26 Nov → Tue 1 Dec", "  after    Send a gift  Thu 3 Dec → Tue 8 Dec",
    ]  # fmt: skip
    done = call("due", RUN, "deliver", "1", "dec", "16:00")
    assert done.err.splitlines() == [
        "“Deliver it” is due: Tue 1 Dec 16:00.", "  after  Send a gift  Thu 3 Dec → Tue 8 Dec",
    ]  # fmt: skip
    cleared = call("due", RUN, "deliver", "clear", "--dry-run").out.splitlines()
    assert cleared[0] == "  deliver  Deliver it   Tue 1 Dec 16:00 → Thu 26 Nov"
    assert call("due", RUN, "ring", "30 nov", "--dry-run") == (
        0,
        "",
        "No date would change. Nothing was stored.\n",
    )


def test_what_cannot_be_moved() -> None:
    quote()
    assert "can be moved, not cleared" in bad("due", RUN, "start", "clear", code=2)
    assert "can be moved, not cleared" in bad("due", RUN, "target", "clear", code=2)
    assert "is not a day" in bad("due", RUN, "start", "whenever", "--dry-run")
    assert "Did you mean deliver?" in bad("due", RUN, "delivr", "fri", "--dry-run")
    assert "not set by hand" in bad("due", RUN, "deliver", "clear", "--dry-run")
    good("start", "gift", "acme")
    library().joinpath("plain.toml").write_text(
        'title = "Plain"\n[[section]]\ntitle = "S"\n[[section.step]]\nid = "a"\ntitle = "A"\n',
        encoding="utf-8",
    )
    good("start", "plain", "acme")
    assert "counts to no target day" in bad("due", "acme/plain", "target", "fri", "--dry-run")
    good("abandon", RUN, "--reason", "x")
    assert "is abandoned" in bad("due", RUN, "start", "fri", "--dry-run")
    assert "is abandoned" in bad("due", RUN, "start", "fri")


def test_a_start_at_an_instant_keeps_its_clock_time() -> None:
    quote()
    library().joinpath("crisis.toml").write_text(
        'title = "Crisis"\n[[section]]\ntitle = "S"\n[[section.step]]\nid = "a"\ntitle = "A"\ndue = "start + 2h"\n',
        encoding="utf-8",
    )
    good("start", "crisis", "acme", "--on", "2026-11-24 15:00")
    assert call("due", "acme/crisis", "start", "fri").err.splitlines() == [
        "Start: Fri 27 Nov 15:00.", "  a  A  Tue 24 Nov 17:00 → Fri 27 Nov 17:00",
    ]  # fmt: skip
    good("due", "acme/crisis", "start", "fri", "9:30")
    assert call("show", "acme/crisis", "--json").data["run"]["start"] == "2026-11-27T09:30:00Z"
    good("due", RUN, "start", "fri", "9:30")  # its dates count days, so its start is one
    assert head()[0] == "2026-11-27"
