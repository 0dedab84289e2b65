"""Playbooks: the library, a preview of each, and its problems."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.dialogs.file_watch import FileWatch
from playbook.dialogs.library_edits import LibraryEdits
from playbook.dialogs.log_actions import LogActions
from playbook.dialogs.two_panes import TwoPanes
from playbook.widgets.columns import Column
from playbook.widgets.difference import difference_line
from playbook.widgets.matching import matches, words_of
from playbook.widgets.playbook_preview import preview
from playbook.widgets.remark_lines import remark_lines
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, spans
from playbook.widgets.text_pane import TextPane
from playbook.words import N_, _, plural
from playbook.words.look_back import summary_words
from playbook.workspace.improving import remarks
from playbook.workspace.looking_back import earlier

if TYPE_CHECKING:
    from playbook.core.look_back import LookBack
    from playbook.core.remarks import Remarks
    from playbook.workspace import Workspace
    from playbook.workspace.playbooks import Entry, Standing


class PlaybooksScreen(TwoPanes, LogActions, LibraryEdits, FileWatch):
    """The library at the left, the chosen playbook at the right."""

    CSS_PATH = "playbooks.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    tab = "playbooks"
    footer_order = (
        "start",
        "playbooks.preview",
        "playbooks.edit",
        "playbooks.edit-file",
        "playbooks.look-back",
        "playbooks.remarks",
        "playbooks.copy",
        "playbooks.difference",
        "playbooks.versions",
        "filter",
    )
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "swap_pane",
            N_("list / preview"),
            id="playbooks.preview",
            tooltip=N_("Between the list and the preview"),
        ),
        Binding("c", "copy", N_("make it yours"), id="playbooks.copy", tooltip=N_("Copy it into your library, where you can change it")),
        Binding("d", "difference", N_("difference"), id="playbooks.difference", tooltip=N_("What yours changes of the shipped one, or the playbook again")),
        Binding("h", "look_back", N_("earlier runs"), id="playbooks.look-back", tooltip=N_("How earlier runs went: how long they took, against their targets, what was kept")),
        Binding("r", "remarks", N_("remarks"), id="playbooks.remarks", tooltip=N_("What was remarked on its steps in runs: accept it, or set it aside")),
        Binding("V", "versions", N_("versions"), id="playbooks.versions", tooltip=N_("The versions of it that runs have used, and what each changed")),
    ]  # fmt: skip

    class LookBackWanted(Message):
        """How earlier runs of a playbook went is to be shown."""

        def __init__(self, playbook_id: str) -> None:
            super().__init__()
            self.playbook_id = playbook_id

    class RemarksWanted(Message):
        """What was remarked in the runs of a playbook is to be shown."""

        def __init__(self, playbook_id: str) -> None:
            super().__init__()
            self.playbook_id = playbook_id

    class VersionsWanted(Message):
        """The versions of a playbook are to be shown."""

        def __init__(self, playbook_id: str) -> None:
            super().__init__()
            self.playbook_id = playbook_id

    columns: ClassVar[tuple[Column, ...]] = (Column(20, stretch=1), Column(9, shrinks=True), Column(3))

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self._entries: list[Entry] = []
        self._standings: dict[str, Standing] = {}
        self._shows_difference = False
        self._earlier: dict[str, LookBack] = {}
        self._remarks: dict[str, Remarks] = {}

    def compose_body(self) -> list[Widget]:
        """List and preview."""
        return [Horizontal(RowList(self.columns, id="library"), TextPane(id="preview"), id="panes")]

    def files_changed(self) -> None:
        """Read the library again."""
        self.reload()

    def reload(self) -> None:
        """Read the library."""
        self._earlier = {}
        self._remarks = {}
        self._entries = self.workspace.playbooks.entries()
        self._standings = self.workspace.playbooks.standings(self._entries)
        self.redraw()

    def redraw(self) -> None:
        """Draw what the filter lets through."""
        words = words_of(self.wanted)
        rows = []
        for entry in self._entries:
            if words and not matches(words, f"{entry.title} {entry.summary} {entry.id}"):
                continue
            sign = Span("!", "overdue") if entry.is_broken else Span("▸", "accent")
            word, tone = _STANDINGS[self._standings[entry.id]]
            standing = spans(_(word), tone)
            cells = (spans(entry.title, "strong"), standing, spans(entry.language, "dim"))
            rows.append(Row(entry.id, cells, sign))
        self.rows.show(rows, empty=N_("No playbook has these words. Esc shows all."))
        self._draw_preview(self.rows.key)

    def _draw_preview(self, playbook_id: str) -> None:
        pane = self.query_one(TextPane)
        loaded = self.workspace.playbooks.read(playbook_id) if playbook_id else None
        if loaded is None or isinstance(loaded, Refusal):
            pane.show("", ())
            return
        is_changed = self._standings.get(playbook_id) == "changed"
        if is_changed and self._shows_difference:
            changes = map(difference_line, self.workspace.playbooks.difference(loaded.playbook))
            pane.show(_("Changed from the shipped one"), list(changes))
            return
        lines = list(preview(loaded.playbook))
        if playbook_id not in self._remarks:
            self._remarks[playbook_id] = remarks(self.workspace, playbook_id, loaded.playbook)
        lines += remark_lines(
            self._remarks[playbook_id], self.workspace.calendar, self.workspace.clock.today()
        )
        if said := summary_words(self._look_back(playbook_id)):
            more = spans(_("h shows them one by one."), "dim")
            lines += [(), spans(_("Earlier runs"), "heading"), spans(" · ".join(said)), more]
        if is_changed:
            lines = [spans(_("Changed from the shipped one; d shows how."), "key"), *lines]
        if loaded.problems:
            lines = [*self._problems(playbook_id), (), *lines]
        pane.show(loaded.playbook.title or playbook_id, lines)

    def _look_back(self, playbook_id: str) -> "LookBack":
        """What earlier runs came to, read once until something changes: the cursor passes by."""
        if playbook_id not in self._earlier:
            self._earlier[playbook_id] = earlier(self.workspace, playbook_id)
        return self._earlier[playbook_id]

    def _problems(self, playbook_id: str) -> Iterator[Spans]:
        from playbook.words.problems import hint, message

        found = self.workspace.playbooks.problems(playbook_id)
        errors = [problem for problem in found if problem.level == "error"]
        if errors:
            yield spans(
                "! "
                + plural(
                    "{count} problem keeps it from being started",
                    "{count} problems keep it from being started",
                    len(errors),
                ),
                "overdue",
            )
        for problem in found:
            tone = "overdue" if problem.level == "error" else "dim"
            yield (
                *spans(_("line {line}: ").format(line=problem.line or "?"), "dim"),
                *spans(message(problem.problem), tone),
            )
            if advice := hint(problem.problem):
                yield spans("   " + advice, "dim")

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The preview follows the cursor."""
        self.calmly(lambda: self._draw_preview(event.key))

    def on_row_list_opened(self, _event: RowList.Opened) -> None:
        """Enter goes to the preview."""
        self.action_swap_pane()

    def action_copy(self) -> None:
        """The user's own copy, under the same id, in the place of the shipped one."""
        from playbook.workspace.new_playbooks import copy_playbook

        if playbook_id := self.rows.key:
            written = self.allowed(copy_playbook(self.workspace, playbook_id, playbook_id))
            if written:
                self.calmly(self.reload)
                self.tell(_("Yours to change: {path}").format(path=written[0]))

    def action_difference(self) -> None:
        """What the copy changes, or the playbook again."""
        if self._standings.get(self.rows.key) != "changed":
            self.tell(_("This one is not changed from a shipped one."))
            return
        self._shows_difference = not self._shows_difference
        self._draw_preview(self.rows.key)

    def action_look_back(self) -> None:
        """How earlier runs of the playbook went."""
        if self.rows.key:
            self.post_message(self.LookBackWanted(self.rows.key))

    def action_remarks(self) -> None:
        """What was remarked on the playbook's steps."""
        if self.rows.key:
            self.post_message(self.RemarksWanted(self.rows.key))

    def action_versions(self) -> None:
        """Which versions of the playbook runs have used."""
        if self.rows.key:
            self.post_message(self.VersionsWanted(self.rows.key))

    @property
    def pane(self) -> TextPane:
        """The preview."""
        return self.query_one(TextPane)

    @property
    def current_playbook(self) -> str:
        """Id of the playbook under the cursor."""
        return self.rows.key

    def changed(self, _sheet: object) -> None:
        """Nothing here follows a run."""


_STANDINGS: "Mapping[Standing, tuple[str, str]]" = {
    "shipped": (N_("shipped"), "dim"), "own": (N_("own"), "accent"), "copy": (N_("copy"), "accent"),
    "changed": (N_("changed"), "key"),
}  # fmt: skip
"""How a playbook stands to what is shipped: the word, and how it is drawn."""


def _changed_line(text: str) -> Spans:
    """A line of the difference: taken out, put in, or beside it."""
    tone = {"-": "overdue", "+": "done", "@": "heading"}.get(text[:1], "dim")
    return spans(text, tone)
