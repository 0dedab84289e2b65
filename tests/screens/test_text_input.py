"""One line of typed text."""

from playbook.widgets.text_input import TextInput
from tests.screens.stage import Stage, rendered


async def test_typing_moves_nothing_on_the_screen_while_the_text_fits() -> None:
    """Another width of an input is a new layout of the whole screen, at every letter."""
    typed = TextInput()
    app = Stage(typed)
    async with app.run_test(size=(40, 5)) as pilot:
        typed.focus()
        await pilot.press("a", "space")
        before = typed.virtual_size
        await pilot.press(*"first word")
        assert typed.virtual_size == before
        await pilot.press(*" and much more than there is room for")
        assert typed.virtual_size.width > before.width
        assert "there is room for" in rendered(app)
