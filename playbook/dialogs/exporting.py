"""Writing a run as a document: asks for the format, for whom and where to, and says where it went."""

from typing import TYPE_CHECKING

from playbook.dialogs.main_screen import MainScreen
from playbook.words import _

if TYPE_CHECKING:
    from playbook.workspace.exporting import Exporting


async def ask_export(screen: MainScreen, exporting: "Exporting") -> None:
    """Ask, and write; an existing file must be agreed to."""
    from playbook.dialogs.asking import export_dialog
    from playbook.workspace.exporting import is_taken

    dialog = export_dialog(exporting.formats(), str(exporting.proposed()), is_taken)
    typed = await screen.app.push_screen_wait(dialog)
    if typed is None:
        return
    is_safe = typed["for"] == "client"
    path = screen.allowed(
        screen.calmly(lambda: exporting.write(typed["path"], typed["format"], client_safe=is_safe))
    )
    if path is not None:
        screen.tell(_("Written to {path}.").format(path=path))
