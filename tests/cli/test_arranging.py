"""`block`, `unblock`, `add-step`, `assign`."""

from tests.cli.calling import bad, call, good
from tests.cli.scenes import RUN, quote


def step(step_id: str) -> dict[str, object]:
    """A step as the export has it."""
    document = call("show", RUN, "--json").data
    [found] = [each for part in document["sections"] for each in part["steps"] if each["id"] == step_id]
    assert isinstance(found, dict)
    return found


def shown(step_id: str) -> str:
    """A step's line of `show`."""
    [found] = [line for line in good("show", RUN).splitlines() if f" {step_id} " in line]
    return found


def test_a_blocked_step_waits_until_it_is_unblocked() -> None:
    quote()
    done = call("block", RUN, "deliver", "--reason", "their server\nis down", "--until", "fri")
    assert done == (0, "", "Blocked: “Deliver it”. acme/quote: 0 of 5.\n")
    assert step("deliver")["blocked"] == {"reason": "their server\nis down", "follow_up_on": "2026-11-27"}
    assert "Thu 26 Nov · blocked: their server is down (look again Fri 27 Nov)" in shown("deliver")
    assert "is blocked: their server is down" in bad("tick", RUN, "deliver")
    assert "Fri 27 Nov  Acme  Deliver it  acme/quote  deliver  blocked" in good("today")
    good("block", RUN, "deliver", "--reason", "still down")
    assert shown("deliver").endswith("blocked: still down")
    assert call("unblock", RUN, "deliver", "--reason", "it is up").err.startswith("Unblocked: “Deliver it”.")
    assert step("deliver")["blocked"] is None
    assert "it is up" in good("show", RUN)
    good("undo")  # the note goes with it
    assert step("deliver")["blocked"] == {"reason": "still down", "follow_up_on": None}
    assert "it is up" not in good("show", RUN)


def test_today_lists_blocked_steps_without_a_near_day_by_themselves() -> None:
    quote()
    good("block", RUN, "after", "--reason", "no address")
    [title, row] = good("today").splitlines()[-2:]
    assert title == "Blocked"
    assert row.split("  ")[-3:] == [RUN, "after", "blocked"]
    assert [row["step"] for row in call("today", "--json").data if row["lane"] == "blocked"] == ["after"]


def test_blocking_takes_a_reason_and_an_open_step() -> None:
    quote()
    assert "takes a reason" in bad("block", RUN, "deliver")
    assert "is not a day" in bad("block", RUN, "deliver", "--reason", "x", "--until", "whenever")
    assert "is not blocked" in bad("unblock", RUN, "deliver", "--reason", "not kept either")
    assert "not kept either" not in good("show", RUN)
    good("tick", RUN, "deliver")
    assert "already done" in bad("block", RUN, "deliver", "--reason", "x")
    assert "Did you mean deliver?" in bad("unblock", RUN, "delivr")


def test_the_next_step_is_one_that_is_not_blocked() -> None:
    quote()
    good("block", RUN, "promise", "--reason", "x")
    assert good("next", RUN).startswith("Deliver it  (deliver)")


def test_a_step_is_added_where_it_was_meant() -> None:
    quote()
    done = call("add-step", RUN, "Ask", "their  boss", "--after", "promise")
    assert done == (0, "own-1\n", "Added: “Ask their boss”. acme/quote: 0 of 6.\n")
    assert good("add-step", RUN, "Last of all") == "own-2\n"
    assert good("add-step", RUN, "Last of the talk", "--section", "talk") == "own-3\n"
    document = call("show", RUN, "--json").data
    assert [[each["id"] for each in part["steps"]] for part in document["sections"]] == [
        ["promise", "own-1", "deliver", "praise", "own-3"],
        ["after", "ring", "own-2"],
    ]
    assert step("own-1")["own"] is True
    assert shown("own-1").endswith("Ask their boss    own step")
    good("tick", RUN, "own-1")
    assert "own-2" in bad("tick", RUN, "own-22")


def test_a_step_that_cannot_be_added_is_refused() -> None:
    quote()
    assert "needs a title" in bad("add-step", RUN, " ")
    assert "Did you mean talk?" in bad("add-step", RUN, "x", "--section", "tlak")
    assert "Did you mean deliver?" in bad("add-step", RUN, "x", "--after", "delivr")
    assert "own-" not in good("show", RUN)
    good("finish", RUN, "--reason", "x")
    assert "is finished" in bad("add-step", RUN, "x")


def test_steps_and_roles_are_given_to_people() -> None:
    quote()
    said = call("assign", RUN, "deliver", "Bea", "Paz").err
    assert said == "Given to Bea Paz: “Deliver it”. acme/quote: 0 of 5.\n"
    assert shown("deliver").endswith("Thu 26 Nov · Bea Paz")
    assert call("assign", RUN, "maker", "Carl").err == "Maker: Carl.\n"
    assert shown("after").endswith("· Carl")
    assert shown("promise").endswith("today · Ana")
    assert call("show", RUN, "--json").data["run"]["roles"] == {"lead": "Ana", "maker": "Carl"}
    good("assign", RUN, "after", "Dora")
    assert call("assign", RUN, "after", "--clear").err.startswith("Given to Carl: “Send a gift”.")
    assert call("assign", RUN, "deliver", "--clear").err.startswith("Given to nobody: “Deliver it”.")
    assert call("assign", RUN, "role:maker", "--clear").err == "Maker: –.\n"
    assert "Carl" not in good("show", RUN)
    assert "Did you mean maker?" in bad("assign", RUN, "makr", "x")
    assert "neither a step nor a role “zzz”" in bad("assign", RUN, "zzz", "x")
