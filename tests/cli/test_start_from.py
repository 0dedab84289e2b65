"""`start --from`: a run that a step of another one starts."""

from tests.cli.calling import bad, call, good
from tests.cli.scenes import RUN, quote

FROM = ("start", "present", "acme", "--from", RUN, "after")


def started() -> list[str]:
    """The runs that the step has started."""
    document = call("show", RUN, "--json").data
    [found] = [each for part in document["sections"] for each in part["steps"] if each["id"] == "after"]
    names = found["started_runs"]
    assert isinstance(names, list)
    return names


def answers(run: str) -> dict[str, object]:
    """The answers to a run's own fields."""
    return {field["id"]: field["value"] for field in call("show", run, "--json").data["fields"]}


def test_a_tick_offers_the_command_and_the_command_fills_in_what_is_known() -> None:
    quote("--set", "price=5")
    good("tick", RUN, "promise", "--set", "what=Tea", "--set", "by-day=2026-12-01")
    ticked = call("tick", RUN, "after", "--override", "They asked.").err.splitlines()
    assert ticked[-1] == f"The next playbook: playbook {' '.join(FROM)}"
    assert call(*FROM, "--dry-run", "--json").data["start"] == "2026-12-01"
    assert started() == []
    assert good(*FROM) == "acme/present\n"
    assert answers("acme/present") == {"value": 5, "word": "Tea"}
    assert started() == ["acme/present"]
    assert good("show", "acme/present").splitlines()[2] == "Started from acme/quote: Send a gift"
    good("undo")
    assert started() == []
    assert good("runs").split()[0] == RUN


def test_what_is_said_outranks_what_is_known() -> None:
    quote("--set", "price=5")
    good(*FROM, "--on", "2026-12-08", "--target", "24 dec", "--set", "word=Own", "--reason", "They\nliked it")
    run = call("show", "acme/present", "--json").data["run"]
    assert (run["start"], run["target"]) == ("2026-12-08", "2026-12-24")
    assert answers("acme/present") == {"value": 5, "word": "Own"}
    assert "Started from acme/quote: They liked it" in good("show", "acme/present")


def test_a_step_starts_nothing_twice_without_being_asked() -> None:
    quote()
    good("start", "present", "acme", "--from", "acme/quo", "after")  # the beginning of a name will do
    said = bad(*FROM)
    assert said == "“Send a gift” has started acme/present already. To start one more, say so (--again).\n"
    assert bad(*FROM, "--dry-run") == said
    assert started() == ["acme/present"]
    ticked = call("tick", RUN, "after", "--override", "x").err
    assert (
        f"It has started acme/present already. To start one more: playbook {' '.join(FROM)} --again" in ticked
    )
    assert good(*FROM, "--again") == "acme/present-2\n"
    assert started() == ["acme/present", "acme/present-2"]
    good("undo")
    good("undo", "acme/quote")
    good("undo")
    assert started() == []
    good(*FROM)


def test_what_cannot_be_linked_is_refused_and_nothing_is_started() -> None:
    quote()
    good("client", "add", "Other")
    assert "starts present, not quote" in bad("start", "quote", "acme", "--from", RUN, "after")
    assert "“Ring them” starts no playbook" in bad("start", "present", "acme", "--from", RUN, "ring")
    assert "Did you mean after?" in bad("start", "present", "acme", "--from", RUN, "aftr")
    assert "acme/quote is of another client" in bad("start", "present", "other", "--from", RUN, "after")
    assert "no run “nobody/x”" in bad("start", "present", "acme", "--from", "nobody/x", "after")
    good("abandon", RUN, "--reason", "x")
    assert "is abandoned" in bad(*FROM)
    assert good("runs") == ""
    assert started() == []
