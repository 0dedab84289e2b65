"""`playbook calendar`."""

import pytest

from tests.cli.calling import bad, call, gift, good


def said(*args: str) -> str:
    """What a change says; it prints no result."""
    done = call("calendar", *args)
    assert (done.code, done.out) == (0, ""), done
    return done.err.strip()


def test_at_first_only_the_week_is_known() -> None:
    assert good("calendar").splitlines() == [
        "Time zone  UTC",
        "Work week  Mon–Fri",
        "Country    –",
        "Days off   –",
    ]


def test_setting_and_showing_it() -> None:
    assert said("set", "country=Spain", "region=madrid", "week=mon-thu") == "Changed."
    assert said("off", "24 dec..26 dec", "fri", "2026-11-20") == "Changed."
    assert good("calendar").splitlines() == [
        "Time zone  UTC",
        "Work week  Mon–Thu",
        "Country    Spain (ES)",
        "Region     Madrid (MD)",
        "Days off   Fri 27 Nov, Thu 24 Dec – Sat 26 Dec",
        "Next holidays",
        "  Mon 7 Dec        Monday following Constitution Day",
        "  Tue 8 Dec        Immaculate Conception",
        "  Wed 6 Jan 2027   Epiphany",
        "  Thu 25 Mar 2027  Maundy Thursday",
        "  Mon 3 May 2027   Monday following Madrid Day",
    ]


def test_json_is_one_object() -> None:
    said("set", "country=ES", "region=MD")
    said("off", "2026-12-24")
    data = call("calendar", "--json").data
    assert list(data) == [
        "time_zone", "week", "country", "country_name", "region", "region_name", "holidays", "off",
    ]  # fmt: skip
    assert data["holidays"][0] == {"day": "2026-12-07", "name": "Monday following Constitution Day"}
    assert len(data["holidays"]) == 5
    assert data["off"] == ["2026-12-24"]
    assert (data["week"], data["country"], data["region"]) == ("mon-fri", "ES", "MD")


def test_an_empty_value_clears() -> None:
    said("set", "country=ES", "region=MD", "week=sun-thu")
    assert said("set", "country=", "week=") == "Changed."
    assert good("calendar").splitlines()[1:3] == ["Work week  Mon–Fri", "Country    –"]


def test_what_is_so_already() -> None:
    assert said("set", "week=mon-fri") == "It is so already."
    said("off", "2026-12-24")
    assert said("off", "24 dec") == "It is so already."


def test_days_off_are_taken_back() -> None:
    said("off", "2026-12-24..2026-12-31")
    assert said("on", "2026-12-28..2026-12-31") == "Changed."
    assert "Thu 24 Dec – Sun 27 Dec" in good("calendar")
    assert bad("calendar", "on", "2026-12-25", "2026-12-28") == "Not among your days off: 2026-12-28.\n"


def test_open_runs_are_dated_anew() -> None:
    run = gift()
    assert call("next", run, "--json").data["step"]["due"] == "2026-11-24"
    assert said("off", "2026-11-24") == "Changed. 1 open run was dated anew."
    assert call("next", run, "--json").data["step"]["due"] == "2026-11-25"
    assert "changed the working days" in call("undo").err
    assert call("next", run, "--json").data["step"]["due"] == "2026-11-24"


@pytest.mark.parametrize(("args", "words"), [
    (("set", "country=Spian"), "Did you mean ES (Spain)?"), (("set", "country=qqqq"), "like ES or MX"),
    (("set", "country=ES", "region=Madird"), "Did you mean MD (Madrid)?"), (("set", "country=ES", "region=qqqq"), "Regions: AN, "),
    (("set", "country=MX", "region=Jalisco"), "leave “Jalisco” out"), (("set", "region=MD"), "Set the country"),
    (("set", "week=x"), "like mon-fri"), (("set", "week=,"), "a day at least"), (("set", "zone=UTC"), "week, country, region"),
    (("off", "soon"), "is not a day"), (("off", "2026-12-31..2026-12-01"), "no range of days"),
    (("off", "31 dec..1 dec"), "longer than 92 days"), (("on", "2026-12-25"), "Not among your days off"),
])  # fmt: skip
def test_refusals_say_what_to_do(args: tuple[str, ...], words: str) -> None:
    assert words in bad("calendar", *args)
    assert call("calendar", "--json").data["off"] == []


@pytest.mark.parametrize(
    "args", [("set",), ("set", "country"), ("set", "=ES"), ("off",), ("on",), ("sett",), ("--jsno",)]
)
def test_a_wrong_call_ends_with_2(args: tuple[str, ...]) -> None:
    assert "Usage: playbook calendar" in bad("calendar", *args, code=2)


def test_names_are_in_the_language_of_the_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    said("set", "country=España", "region=MD")
    shown = good("calendar")
    assert "Inmaculada Concepción" in shown
    assert "España (ES)" in shown
