"""The Markdown export: a checklist people read, in which nothing from outside is ever read as Markdown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from playbook.core.client import Client
from playbook.core.problems import Refusal
from playbook.core.text import clean, is_clean, line
from playbook.exports.markdown import safe, safe_block
from playbook.workspace import Workspace
from playbook.workspace.exporting import Exporting
from playbook.workspace.starting import StartForm
from tests.exports.scene import NOW, ok, start, workspace_in
from tests.hostile import HOSTILE

OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "inline", "text", "em_open", "em_close", "softbreak", "hardbreak",
    "blockquote_open", "blockquote_close",
}  # fmt: skip


class Document(SingleFileSnapshotExtension):
    """A golden that is the document itself."""

    _file_extension = "md"
    file_extension = "md"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


def document(workspace: Workspace, run_id: str, *, client_safe: bool = False) -> str:
    text = Exporting(workspace, run_id).render("markdown", client_safe=client_safe)
    assert not isinstance(text, Refusal), text
    return text


def tokens(text: str) -> Iterator[Token]:
    """Everything a renderer would see, with tables, strikethrough and links written bare."""
    for token in MarkdownIt("js-default").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def words(text: str) -> str:
    """The text that a reader sees."""
    shown = (token.content for token in tokens(text) if token.type == "text")
    return "\n".join(shown)


@pytest.mark.parametrize("client_safe", [False, True])
def test_the_document_is_as_it_was(
    workspace: Workspace, snapshot: SnapshotAssertion, client_safe: bool
) -> None:
    text = document(workspace, start(workspace), client_safe=client_safe)
    assert text.encode() == snapshot(extension_class=Document)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_letter_for_letter(text: str) -> None:
    for part in (safe(text), "- " + safe(text), "# " + safe(text), f"- a: {safe(text)} (b)"):
        kinds = {token.type for token in tokens(part)}
        assert kinds <= OURS, part
    if line(text):
        assert words("x " + safe(text)) == "x " + line(text)
        assert words(safe(text)) == line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_block_stays_inside_its_item(text: str) -> None:
    whole = "\n".join(["# A", "", "- Note:", *safe_block(text, "  "), "- next", "", "## B"])
    kinds = [token.type for token in tokens(whole)]
    assert set(kinds) <= OURS
    assert kinds.count("list_item_open") == 2
    assert kinds.count("heading_open") == 2
    lines = [line(part) for part in clean(text).splitlines() if line(part)]
    assert [shown for shown in words(whole).splitlines() if shown][2:-2] == lines


def test_nothing_hostile_becomes_a_link_a_script_or_a_heading(workspace: Workspace) -> None:
    client = workspace.clients.add(
        "# <b>[x](javascript:alert(1))</b>", {"card": "- <script>\n![i](file:///etc/passwd)"}
    )
    assert isinstance(client, Client)
    run_id = ok(workspace.runs.start(StartForm("welcome-gift", client.slug))).run.id
    for text in HOSTILE:
        if line(text):
            ok(workspace.runs.note(run_id, "rule", text))
            ok(workspace.runs.note(run_id, "", text))
            ok(workspace.runs.answer(run_id, "rule", {"their-rule": text, "opinion": text}))
            ok(workspace.runs.skip(run_id, "order", text))
            ok(workspace.runs.reopen(run_id, "order"))
    for client_safe in (False, True):
        text = document(workspace, run_id, client_safe=client_safe)
        assert is_clean(text)
        found = list(tokens(text))
        assert {token.type for token in found} <= OURS
        assert sum(token.type == "heading_open" for token in found) == (3 if client_safe else 4)
        html = MarkdownIt("js-default").render(text)
        for tag in ("<script", "<a ", "<img", "<b>", "<code", "<pre", "<table", "<hr", "<strong", "<s>"):
            assert tag not in html, tag


def test_nothing_but_what_the_client_may_see_is_in_the_safe_one(workspace: Workspace) -> None:
    run_id = start(workspace)
    assert document(workspace, run_id).count("leak") > 30
    text = document(workspace, run_id, client_safe=True)
    assert "leak" not in text
    assert "250" not in text
    assert "Order it" in text
    assert "Nothing over 50 EUR" in text


def test_the_same_run_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    run_id = start(workspace)
    first = document(workspace, run_id)
    workspace.close()
    later = workspace_in(tmp_path, NOW.replace(year=2031))
    assert document(later, run_id) == first
    assert "3/6" in first
    later.close()
