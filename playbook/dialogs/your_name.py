"""The PM's name, with which drafts are signed: asked once before the first run, and kept in the config."""

from playbook.dialogs.main_screen import MainScreen
from playbook.words import _


async def ask_name_once(screen: MainScreen) -> None:
    """Ask before the first run starts, unless the name is known; who leaves it out is not asked again."""
    workspace = screen.workspace
    if workspace.signature or workspace.settings.was_name_asked:
        return
    workspace.settings.was_name_asked = True
    if screen.calmly(workspace.runs.has_any) is False:
        await ask_name(screen)


async def ask_name(screen: MainScreen) -> None:
    """Ask for the name; left empty, nothing changes."""
    from playbook.dialogs.ask_text import AskTextDialog

    hint = _(
        "Your drafts are signed with it. It can wait: leave it empty, and set it later from the palette."
    )
    dialog = AskTextDialog(_("Your name"), hint=hint, value=screen.workspace.signature)
    if name := await screen.app.push_screen_wait(dialog):
        screen.allowed(screen.workspace.settings.set_name(name))
        screen.calmly(screen.reload)
