"""Versions: which copies of a playbook runs have used, and what each changed of the one before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from playbook.dialogs.two_panes import TwoPanes
from playbook.widgets.columns import Column
from playbook.widgets.difference import difference_line
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, spans
from playbook.widgets.text_pane import TextPane
from playbook.words import N_, _, plural
from playbook.words.versions import change_lines, runs_words, since_words
from playbook.workspace.versions import difference_lines, versions_of

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.versions import PlaybookVersion

_TONES = {"+": "done", "−": "overdue", "~": "key", "↕": "key"}


class VersionsScreen(TwoPanes):
    """The newest version first; what it changed stands beside it, in words and line by line."""

    CSS_PATH = "versions.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    tab = "playbooks"
    footer_order = ("versions.changes", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "swap_pane", N_("list / changes"), id="versions.changes", tooltip=N_("Between the versions and what one changed")),
    ]  # fmt: skip

    columns: ClassVar[tuple[Column, ...]] = (
        Column(3, right=True), Column(15), Column(20, stretch=1), Column(3, shrinks=True),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace", playbook_id: str) -> None:
        super().__init__(workspace)
        self.playbook_id = playbook_id
        self._found: list[PlaybookVersion] = []

    def compose_body(self) -> list[Widget]:
        """Head, versions, and what one of them changed."""
        panes = Horizontal(
            RowList(self.columns, id="versions", signs=False), TextPane(id="version"), id="panes"
        )
        return [HeadLine(id="versions-head"), panes]

    @property
    def pane(self) -> TextPane:
        """What the version changed."""
        return self.query_one(TextPane)

    def reload(self) -> None:
        """Read the versions."""
        self._found = versions_of(self.workspace, self.playbook_id)
        title = self._found[-1].playbook.title if self._found else self.playbook_id
        head = (Span(_("Versions"), "title"), Span(" › ", "dim"), Span(title, "strong"))
        count = plural("{count} version", "{count} versions", len(self._found))
        self.query_one("#versions-head", HeadLine).show(head, spans(count, "dim"))
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through."""
        words, calendar, today = words_of(self.wanted), self.workspace.calendar, self.workspace.clock.today()
        has_languages = len({each.playbook.language for each in self._found}) > 1
        rows: list[Row] = []
        for each in reversed(self._found):
            since, runs = since_words(each.used, calendar, today), runs_words(each.used)
            said = " ".join([since, runs, *(text for _sign, text in self._changes(each))])
            if words and not matches(words, said):
                continue
            language = spans(each.playbook.language if has_languages else "", "dim")
            cells = (spans(str(each.number), "dim"), spans(since, "strong"), spans(runs), language)
            rows.append(
                Row(str(each.number), cells, tone="" if each.used.open or not each.used.at else "dim")
            )
        empty = (
            N_("No version has these words. Esc shows all.")
            if words
            else N_("There is no copy of this playbook, and its file cannot be used.")
        )
        self.rows.show(rows, empty=empty)
        self._draw_changes(self.rows.key)

    @staticmethod
    def _changes(each: "PlaybookVersion") -> Iterator[tuple[str, str]]:
        return change_lines(each.used, each.changes, is_first=not each.before)

    def _draw_changes(self, key: str) -> None:
        pane = self.query_one(TextPane)
        if not key:
            pane.show("", ())
            return
        each = self._found[int(key) - 1]
        lines: list[Spans] = [
            (Span(f"{sign} ", _TONES.get(sign, "dim")), *spans(words)) for sign, words in self._changes(each)
        ]
        if differs := difference_lines(self._found, each):
            lines += [(), spans(_("Line by line"), "heading"), *map(difference_line, differs)]
        pane.show(_("Version {number}").format(number=each.number), lines)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """What is beside the list follows the cursor."""
        self._draw_changes(event.key)

    def on_row_list_opened(self, _event: RowList.Opened) -> None:
        """Enter goes to what the version changed."""
        self.action_swap_pane()
