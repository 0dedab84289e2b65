"""Every rule of the contract's chapters on dates, conditions and runs has tests of its own, and they are there.

Left the rule, in the order of the chapters; right where it is held, as file and names.
"""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

Rules = Mapping[str, Mapping[str, str]]
"""Rule → file → names of tests."""

DATES: Rules = {
    "anchors start and target": {"core/test_dates": "from_the_start_and_the_target an_empty_target_leaves_the_step_waiting"},
    "anchor date field, of run, another step or the step itself": {"core/test_dates": "a_date_field_of_another_step_and_of_its_own"},
    "anchor datetime field": {"core/test_dates": "a_datetime_field_gives_an_instant_when_bare"},
    "anchor a step's moment: done, skipped or n/a": {"core/test_dates": "skipped_and_not_applicable_count_as_the_moment_too"},
    "anchor a repeating step: the latest": {"core/test_rounds": "conditions_and_dates_read_the_latest_answer_and_the_latest_round"},
    "anchor step.due": {"core/test_dates": "after_the_due_date_of_a_step"},
    "units": {"core/test_schedule": "days rules_are_read", "core/test_calendar": "months_fall_to_the_last_day"},
    "m is a problem": {"core/test_schedule": "slips_are_named"},
    "one offset, spaces around the sign": {"core/test_schedule": "a_slip_without_spaces_is_told_what_was_meant"},
    "a list of dues: the earliest known": {"core/test_dates": "of_several_the_earliest_known_counts"},
    "instants run on the clock and never roll": {
        "core/test_schedule": "minutes_and_hours_never_roll hours_run_on_the_clock_through_the_night_the_clocks_change",
        "core/test_working_days_property": "hours_run_on_the_clock_when_it_changes",
    },
    "instants need an instant, start asks day and time": {"core/test_dates": "a_start_with_a_clock_time_gives_instants_to_hours_and_days_to_all_else"},
    "by is a clock time on the day": {"core/test_schedule": "by_gives_a_clock_time_on_the_day"},
    "bd counts from the anchor exclusive": {
        "core/test_calendar": "working_days_agree_with_counting_them_one_by_one",
        "core/test_working_days_property": "working_days_agree_with_a_list_of_them",
    },
    "+ rolls later, - earlier": {"core/test_schedule": "a_rolled_date_is_open a_day_before_the_meeting_never_lands_after_it"},
    "roll overrides": {"core/test_schedule": "roll_overrides_the_sign", "core/test_dates": "the_playbooks_roll_is_the_default_and_the_steps_outranks_it"},
    "a + date is never before its anchor, a - date never after": {
        "core/test_schedule": "a_plus_date_is_never_before_its_anchor a_minus_date_is_never_after_its_anchor",
        "core/test_working_days_property": "before_is_never_after_and_after_never_before",
    },
    "never before the start, and says so": {"core/test_dates": "a_date_before_the_start_becomes_the_start_and_says_so no_date_by_rule_is_before_the_start"},
    "closed: week, holidays, days off": {"test_working_days": "what_is_set_closes_days", "core/test_schedule": "own_days_off_count_as_closed"},
    "closed: the client's country": {"test_working_days": "a_client_elsewhere_closes_its_national_holidays_as_well a_clients_country_dates_its_runs_anew"},
    "waiting, never overdue": {"core/test_dates": "after_a_step_waits_for_it_and_then_counts_from_the_moment reopening_the_anchor_waits_again"},
    "dates follow their anchors, in both directions": {"core/test_dates": "re_dating_there_and_back_restores_every_date", "core/test_what_if": "re_dating_there_and_back_restores_every_date"},
    "a date by hand stays until cleared": {"core/test_dates": "a_date_set_by_hand_stays_until_cleared"},
    "by hand on a repeating step: for that round": {"core/test_rounds": "a_date_by_hand_is_for_that_round_alone"},
    "a hidden step has no due date": {"core/test_dates": "a_hidden_step_has_no_date_and_lends_none"},
    "days are days, also when the clocks change": {"test_traps": "trap_15_the_night_the_clock_changes", "core/test_working_days_property": "a_day_stays_a_day_when_the_clocks_change"},
    "impossible dates": {"core/test_date_faults": "before_the_start past_already_when_it_is_started after_the_target_where_it_is_counted_from_the_start not_before_its_own_anchor before_what_it_needs_or_a_gate_that_holds_it"},
    "check --dates": {"core/test_proof": "the_shipped_playbooks_are_clean a_wrong_offset_in_a_shipped_playbook_is_found"},
}  # fmt: skip

CONDITIONS: Rules = {
    "each test": {"core/test_conditions": "each_test"},
    "a list means all; all and any nest two deep": {"core/test_conditions": "a_list_means_all all_and_any_two_deep"},
    "left side: field, step, client": {"core/test_conditions": "the_client_on_the_left the_state_of_a_step"},
    "right side: field or client": {"core/test_conditions": "fields_on_both_sides an_amount_against_a_saved_cap"},
    "an unknown value": {"core/test_conditions": "an_unknown_value_makes_every_test_false_but_is_not"},
    "two currencies never compare": {"core/test_conditions": "amounts_in_two_currencies_never_compare"},
    "hidden steps leave the totals": {"core/test_view": "a_hidden_step_leaves_the_totals_even_when_done"},
    "hidden steps never hold back finishing": {"core/test_view": "a_hidden_required_field_never_holds_back_finishing left_open_are_visible_open_steps_that_are_not_optional"},
    "hidden steps satisfy needs and gates": {"core/test_gates": "needs_of_a_hidden_step_do_not_lock a_hidden_gate_locks_nothing"},
    "an answer in a hidden step is unknown and returns": {"core/test_conditions": "an_answer_in_a_hidden_step_is_unknown_and_returns_with_it"},
    "a touched step that becomes hidden is drawn": {"core/test_view": "a_touched_step_that_becomes_hidden_is_drawn_and_counts_as_hidden"},
    "every shown conditional step says why": {"core/test_conditions": "every_shown_conditional_step_can_say_why"},
    "sections too": {"core/test_conditions": "a_section_condition_joins_each_steps_own"},
    "check: what can never hold": {"core/test_check": "conditions_that_exclude_each_other_are_told", "core/test_check_never": "what_excludes_itself_is_told"},
    "check: cycles": {"core/test_check_never": "circles_of_every_kind", "core/test_check": "circles_are_found_in_chains_of_any_length"},
    "check: waits on a step that can be hidden": {"core/test_check": "waiting_on_a_step_that_may_be_hidden_is_advice_unless_hidden_is_named", "core/test_check_advice": "a_date_on_a_hidden_step_waits_for_ever"},
    "check: a lock on the step that asks for a date": {"core/test_check": "dates_locked_away_by_the_step_that_waits_for_them"},
}  # fmt: skip

RUNS: Rules = {
    "readable ids, never given twice": {"test_workspace": "a_name_is_never_given_twice"},
    "a run keeps a copy": {"test_workspace": "a_run_keeps_its_copy_when_the_file_changes_or_goes"},
    "required fields are asked below the screens": {"core/test_decide": "required_fields_are_asked_for_below_the_screens"},
    "a tick is one operation, undone together": {"test_workspace": "a_tick_its_contact_and_saved_answer_are_one_change"},
    "un-tick keeps what was logged": {"core/test_decide": "reopening_keeps_answers_notes_and_what_was_logged"},
    "skip and n/a": {"core/test_decide": "skip_modes"},
    "hard gates": {"core/test_gates": "a_hard_gate_locks_everything_after_it holds_names_steps_and_sections_anywhere_but_never_itself"},
    "soft gates ask once": {"core/test_gates": "a_soft_gate_warns_and_asks_once"},
    "overrides keep their reason": {"core/test_gates": "passing_over_a_hard_gate_opens_only_that_step"},
    "a gate reopened or shown late": {"core/test_gates": "a_gate_reopened_locks_only_open_steps a_hidden_gate_locks_nothing"},
    "locked steps are open to notes": {"core/test_gates": "a_locked_step_takes_notes_and_answers_and_a_date"},
    "repeat: opens again after its last due": {"core/test_rounds": "after_done_it_opens_again_one_interval_after_its_last_due"},
    "repeat: never more than one open, missed ones passed over": {"core/test_rounds": "what_was_missed_is_passed_over_never_piled_up", "core/test_rhythm": "after_a_pause_there_is_one_round_to_catch_up_on_and_never_a_pile"},
    "repeat: until its when no longer holds or the run ends": {"core/test_rounds": "it_comes_back_no_more_once_its_condition_no_longer_holds nothing_comes_back_once_the_run_is_over"},
    "repeat: done once counts as done": {"core/test_rounds": "done_once_counts_as_done_for_progress_needs_gates_and_finishing"},
    "repeat: answers and notes of each round": {"core/test_rounds": "each_round_keeps_its_own_answers_notes_channel_and_date"},
    "blocked": {"core/test_held_steps": "a_blocked_step_cannot_be_done_until_unblocked_whatever_the_reason a_blocked_step_counts_in_lists_on_its_follow_up_day_and_keeps_its_own_date"},
    "opens": {"core/test_held_steps": "before_its_day_to_open_a_step_asks_for_a_reason_once"},
    "closes": {"core/test_closing": "an_outcome_is_proposed_on_the_day_alone without_a_word_what_the_dates_do_not_say_stays_open"},
    "starts: linked, with its reason, never twice without asking": {"cli/test_start_from": "a_tick_offers_the_command_and_the_command_fills_in_what_is_known a_step_starts_nothing_twice_without_being_asked"},
    "own steps": {"core/test_held_steps": "an_own_step_stands_below_the_one_it_was_added_at"},
    "retired": {"core/test_held_steps": "a_retired_step_is_settled_keeps_its_data_and_takes_no_part"},
    "roles with people": {"core/test_held_steps": "a_step_is_its_roles_persons_until_it_is_given_to_somebody"},
    "finish": {"core/test_decide_runs": "finishing_with_open_steps_is_refused_with_the_list finishing_with_a_reason_leaves_them_open_and_lists_them"},
    "finished is read-only, reopening recorded": {"core/test_decide_runs": "an_ended_run_is_read_only a_run_that_ended_can_be_reopened"},
    "abandon": {"core/test_decide_runs": "abandoning_takes_a_reason_and_claims_no_success"},
    "moving the dates is foreseen": {"core/test_what_if": "every_date_that_would_change_is_shown_and_nothing_else what_is_foreseen_is_what_happens"},
    "undo and redo": {"core/test_operations": "undo_and_redo_walk_one_line", "test_workspace": "undo_and_redo_outlive_the_program"},
    "history": {"core/test_history": "every_operation_has_a_row_in_order"},
    "several steps at once": {"test_workspace": "several_steps_are_one_change"},
    "a table of starts": {"cli/test_many_starts": "each_row_is_a_run_and_one_undo_takes_all_back a_header_that_is_not_understood_keeps_everything_out rows_that_fit_are_started_and_the_others_are_told_with_their_lines"},
}  # fmt: skip

EVERY = [
    (chapter, rule, file, name)
    for chapter, rules in (("dates", DATES), ("conditions", CONDITIONS), ("runs", RUNS))
    for rule, files in rules.items()
    for file, names in files.items()
    for name in names.split()
]


@cache
def held_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / f"{file}.py").read_text(encoding="utf-8"))
    return frozenset(
        node.name.removeprefix("test_")
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_")
    )


@pytest.mark.parametrize(
    ("chapter", "rule", "file", "name"), EVERY, ids=[f"{c}: {r}" for c, r, _, _ in EVERY]
)
def test_each_rule_has_its_test(chapter: str, rule: str, file: str, name: str) -> None:
    assert name in held_in(file), f"{chapter}, {rule}"


def test_every_trap_has_its_number() -> None:
    numbers = {int(name.split("_")[1]) for name in held_in("test_traps") if name.startswith("trap_")}
    assert numbers == set(range(1, 17))
