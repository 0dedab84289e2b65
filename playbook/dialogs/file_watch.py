"""Seeing within a second that a playbook's file came, went or was written by another program."""

from playbook.dialogs.main_screen import MainScreen

LOOK = 1.0
"""Seconds between looks."""


class FileWatch(MainScreen):
    """A full screen that shows what the library's files say."""

    _files: tuple[object, ...] | None = None

    def on_mount(self) -> None:
        """Look at the files from now on."""
        self.call_after_refresh(self._look_at_files)
        self.set_interval(LOOK, self._look_at_files)

    def _look_at_files(self) -> None:
        if self.is_current:
            before, self._files = self._files, self.workspace.playbooks.library.signature()
            if before not in (None, self._files):
                self.calmly(self.files_changed)

    def files_changed(self) -> None:
        """Show what they say now."""
        raise NotImplementedError
