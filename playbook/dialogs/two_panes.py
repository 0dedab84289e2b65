"""A list with a pane beside it that says more of the row; a narrow screen shows one of the two."""

from textual.widget import Widget

from playbook.dialogs.main_screen import MainScreen


class TwoPanes(MainScreen):
    """A full screen of a list and a pane. Its style sheet shows the pane alone under `.-narrow.-detail`."""

    @property
    def pane(self) -> Widget:
        """What stands beside the list."""
        raise NotImplementedError

    def action_swap_pane(self) -> None:
        """The keys go to the pane, and back."""
        pane = self.pane
        to_pane = not pane.has_focus
        self.set_class(to_pane, "-detail")
        (pane if to_pane else self.rows).focus()

    def action_leave(self) -> None:
        """From the pane back to the list, then out."""
        if self.pane.has_focus:
            self.action_swap_pane()
        else:
            super().action_leave()
