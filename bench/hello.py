"""The floor: the smallest Textual program that shows a text and changes it on a key."""

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static


class Hello(App[None]):
    """One line of text that counts a key."""

    BINDINGS = [Binding("x", "count", "Count")]
    pressed = 0

    def compose(self) -> ComposeResult:
        """The one line."""
        yield Static("Hello 0")

    def action_count(self) -> None:
        """Shows the next number."""
        self.pressed += 1
        self.query_one(Static).update(f"Hello {self.pressed}")


if __name__ == "__main__":
    Hello().run()
