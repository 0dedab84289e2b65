"""What is said to a client: in their language where the playbook exists in it, in their form of address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.core.client import Contact
from playbook.core.playbook import Formal, Message, Step
from playbook.core.scripts import Script, greeting_of, script_of
from playbook.words import speaking
from playbook.words.answers import amount_words
from playbook.workspace import Workspace
from tests.workspaces import add_playbook, allowed, make_workspace, start

ENGLISH = """
title = "Gift"
[[section]]
title = "All"
[[section.step]]
id = "ask"
title = "Ask"
guide = "Ask {{ client.name }} plainly."
say = "Is {{ size }} right for you?"
field = [ { id = "size", label = "Size", kind = "choice", choices = { small = "small", large = "large" } } ]
[[section.step]]
id = "write"
title = "Write"
message = { to = "{{ contact.email }}", subject = "The gift", body = "It comes {{ comes }}. Yours, {{ me }}" }
field = [ { id = "comes", label = "It comes", kind = "date" } ]
"""

SPANISH = """
title = "Regalo"
language = "es"
[[section]]
id = "all"
title = "Todo"
[[section.step]]
id = "ask"
title = "Preguntar"
guide = "Pregúntale a {{ client.name }} sin rodeos."
say = "¿Te va bien {{ size }}?"
formal = { say = "¿Le va bien {{ size }}?" }
field = [ { id = "size", label = "Tamaño", kind = "choice", choices = { small = "pequeño", large = "grande" } } ]
[[section.step]]
id = "write"
title = "Escribir"
message = { to = "{{ contact.email }}", subject = "El regalo", body = "Te llega el {{ comes }}. {{ me }}" }
formal = { body = "Le llega el {{ comes }}. {{ me }}" }
field = [ { id = "comes", label = "Llega", kind = "date" } ]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", ENGLISH)
    folder = made.locations.library / "es"
    folder.mkdir()
    (folder / "gift.toml").write_text(SPANISH, encoding="utf-8")
    yield made
    made.close()


def run_for(workspace: Workspace, **settings: str) -> str:
    run = start(workspace, "gift", "Luz").run
    allowed(workspace.clients.set(run.client_id, settings))
    allowed(workspace.runs.answer(run.id, "ask", {"size": "large"}))
    allowed(workspace.runs.answer(run.id, "write", {"comes": "2026-11-27"}))
    return run.id


def scripts(workspace: Workspace, run_id: str) -> dict[str, Script]:
    opened = allowed(workspace.runs.open(run_id))
    texts = opened.texts("Ana", workspace.clock.today())
    return {step_id: texts.script(found.step) for step_id, found in opened.sheet.view.steps.items()}


def test_an_english_run_speaks_spanish_to_a_client_who_does(workspace: Workspace) -> None:
    run_id = run_for(workspace, language="es", form="usted")
    opened = allowed(workspace.runs.open(run_id))
    assert opened.sheet.run.playbook.title == "Gift"
    assert (
        opened.texts("Ana", workspace.clock.today()).own(opened.sheet.view.steps["ask"].step.guide)
        == "Ask Luz plainly."
    )
    said = scripts(workspace, run_id)
    assert said["ask"] == Script("¿Le va bien grande?")
    assert said["write"].message == Message(
        "[el correo del contacto]", "El regalo", "Le llega el viernes 27 de noviembre. Ana"
    )


@pytest.mark.parametrize(("contact", "form", "language", "name"), [
    (Contact("Lucía Ortega"), "tú", "es", "Lucía"), (Contact("Lucía Ortega"), "", "es", "Lucía"),
    (Contact("Lucía Ortega"), "usted", "es", "Lucía Ortega"), (Contact("Lucía Ortega"), "", "en", "Lucía Ortega"),
    (Contact("Lucía Ortega", greeted="Lu"), "usted", "en", "Lu"), (Contact("Dra. Ortega"), "tú", "es", "Dra. Ortega"),
])  # fmt: skip
def test_a_person_is_greeted_as_the_form_of_address_asks(
    contact: Contact, form: str, language: str, name: str
) -> None:
    assert greeting_of(contact, form, language) == name


def test_a_letter_greets_by_the_first_name_and_the_guide_names_in_full(workspace: Workspace) -> None:
    add_playbook(workspace, "hello", LETTER.replace("Hello,", "Hello {{ contact.name }},"))
    run = start(workspace, "hello", "Luz").run
    allowed(workspace.clients.set(run.client_id, {"form": "tú"}))
    allowed(workspace.clients.set_contact(run.client_id, 0, Contact("Lucía Ortega", greeted="Lucía")))
    opened = allowed(workspace.runs.open(run.id))
    texts = opened.texts("Ana", workspace.clock.today())
    message = texts.script(opened.sheet.view.steps["write"].step).message
    assert message is not None and message.body.startswith("Hello Lucía,")
    assert texts.own("Ask {{ contact.name }}.") == "Ask Lucía Ortega."


def test_a_name_nobody_chose_signs_nothing(workspace: Workspace) -> None:
    run_id = run_for(workspace, language="es")
    opened = allowed(workspace.runs.open(run_id))
    texts = opened.texts("", workspace.clock.today())
    message = texts.script(opened.sheet.view.steps["write"].step).message
    assert message is not None and message.body == "Te llega el viernes 27 de noviembre. [tu nombre]"
    assert texts.own("Yours, {{ me }}") == "Yours, [your name]"


def test_the_form_of_address_and_the_language_follow_the_client_at_any_time(workspace: Workspace) -> None:
    run_id = run_for(workspace)
    client = allowed(workspace.runs.open(run_id)).client.id
    assert scripts(workspace, run_id)["ask"].say == "Is large right for you?"
    for key, value, said in (
        ("form", "usted", "Is large right for you?"),
        ("language", "es", "¿Le va bien grande?"),
        ("form", "tú", "¿Te va bien grande?"),
        ("form", "", "¿Te va bien grande?"),
        ("language", "es-MX", "¿Te va bien grande?"),
        ("language", "fr", "Is large right for you?"),
    ):
        allowed(workspace.clients.set(client, {key: value}))
        assert scripts(workspace, run_id)["ask"].say == said


def test_a_run_keeps_the_words_it_began_with(workspace: Workspace) -> None:
    run_id = run_for(workspace, language="es")
    (workspace.locations.library / "es" / "gift.toml").unlink()
    workspace.runs.writing.forget()
    assert scripts(workspace, run_id)["ask"].say == "¿Te va bien grande?"


def test_without_the_playbook_in_their_language_the_run_speaks_its_own(workspace: Workspace) -> None:
    path = workspace.locations.library / "es" / "gift.toml"
    path.write_text(SPANISH.replace("[[section]]", "[section]"), encoding="utf-8")
    run_id = run_for(workspace, language="es", form="usted")
    assert scripts(workspace, run_id)["ask"].say == "Is large right for you?"
    assert allowed(workspace.runs.open(run_id)).sheet.run.translations == {}


def test_a_step_that_the_other_language_lacks_is_said_as_the_run_has_it(workspace: Workspace) -> None:
    path = workspace.locations.library / "es" / "gift.toml"
    path.write_text(SPANISH.partition('[[section.step]]\nid = "write"')[0], encoding="utf-8")
    said = scripts(workspace, run_for(workspace, language="es"))
    assert said["write"].message is not None
    assert said["write"].message.subject == "The gift"


def test_only_what_has_a_formal_wording_changes() -> None:
    step = Step("a", "A", say="tú", message=Message("x", "s", "b"), formal=Formal(subject="S"))
    assert script_of(step, "tú") == Script("tú", Message("x", "s", "b"))
    assert script_of(step, "usted") == Script("tú", Message("x", "S", "b"))
    assert script_of(Step("a", "A", say="hola"), "usted") == Script("hola")


LETTER = """
title = "Letter"
[[section]]
title = "All"
[[section.step]]
id = "write"
title = "Write"
guide = "Due {{ day }}, {{ sum }}: {{ items }}."
message = { subject = "{{ day }}", body = \"\"\"
Hello,

{{ items }}

{{ text }}
In a sentence: {{ items }}; {{ text }}; {{ sum }}; {{ at }}; {{ next-year }}; {{ signed }}.
\"\"\" }
field = [
  { id = "day", label = "Day", kind = "date" }, { id = "at", label = "At", kind = "datetime" },
  { id = "next-year", label = "Next year", kind = "date" }, { id = "sum", label = "Sum", kind = "money" },
  { id = "items", label = "Items", kind = "list" }, { id = "text", label = "Text", kind = "long-text" },
  { id = "signed", label = "Signed", kind = "list", choices = { ours = "ours", theirs = "theirs" } },
]
"""


def test_a_letter_reads_as_people_write(workspace: Workspace) -> None:
    add_playbook(workspace, "letter", LETTER)
    run = start(workspace, "letter", "Luz").run
    allowed(workspace.runs.answer(run.id, "write", {
        "day": "2026-12-04", "at": "2026-12-04T16:00", "next-year": "2027-01-08", "sum": "12500 EUR",
        "items": ["Front page, Ana 2026-12-04", "Texts"], "text": "One.\nTwo.", "signed": ["bill | ours"],
    }))  # fmt: skip
    opened = allowed(workspace.runs.open(run.id))
    texts, step = opened.texts("Ana", workspace.clock.today()), opened.sheet.view.steps["write"].step
    assert texts.own(step.guide) == (
        "Due Friday 4 December, 12,500 EUR: Front page, Ana Friday 4 December · Texts."
    )
    message = texts.script(step).message
    assert message is not None
    assert message.subject == "Friday 4 December"
    assert message.body.splitlines() == [
        "Hello,", "", "- Front page, Ana Friday 4 December", "- Texts", "", "One.", "Two.",
        "In a sentence: Front page, Ana Friday 4 December, Texts; One. Two.; 12,500 EUR; Friday 4 December at 16:00; "
        "Friday 8 January 2027; bill (ours).",
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "english", "spanish"), [
    ("1200.00", "1,200 EUR", "1200 EUR"), ("12000.50", "12,000.50 EUR", "12\u00a0000,50 EUR"), ("0.50", "0.50 EUR", "0,50 EUR"), ("-1234567.80", "-1,234,567.80 EUR", "-1\u00a0234\u00a0567,80 EUR"),
    ("7.00", "7 EUR", "7 EUR"),
])  # fmt: skip
def test_a_sum_is_written_as_the_language_does(amount: str, english: str, spanish: str) -> None:
    value = {"amount": amount, "currency": "EUR"}
    assert amount_words(value) == english
    with speaking("es"):
        assert amount_words(value) == spanish


KNOWN = """
title = "Known"
[[section]]
title = "All"
[[section.step]]
id = "look"
title = "Look"
guide = "Face {{ client.last-face }}, voice {{ last-voice }}, next {{ client.next-check-in }}, bothers {{ client.open-concerns }}."
message = { subject = "x", body = '''
We owe you:
{{ client.open-promises }}
''' }
[[section.step]]
id = "talk"
title = "Talk"
due = "start + 2bd"
channel = "call"
topic = "progress"
"""


def test_texts_name_what_follows_from_the_ledger(workspace: Workspace) -> None:
    add_playbook(workspace, "known", KNOWN)
    run = start(workspace, "known", "Luz").run

    def said() -> tuple[str, str]:
        opened = allowed(workspace.runs.open(run.id))
        texts, step = opened.texts("Ana", workspace.clock.today()), opened.sheet.view.steps["look"].step
        message = texts.script(step).message
        assert message is not None
        return texts.own(step.guide), message.body

    guide, body = said()
    assert guide.startswith(
        "Face [when we last met], voice [when they last heard us], next Wednesday 25 November, bothers [what"
    )
    assert "[what we owe them]" in body
    log = workspace.ledger.log
    allowed(log(run.client_id, "contact", "x", {"channel": "in-person", "on": "2026-11-12"}))
    allowed(log(run.client_id, "contact", "x", {"channel": "call", "on": "2026-11-20"}))
    allowed(log(run.client_id, "concern", "The colour"))
    allowed(log(run.client_id, "promise", "Drafts", {"on": "2026-11-27"}))
    allowed(log(run.client_id, "promise", "Prices"))
    guide, body = said()
    assert (
        guide
        == "Face Thursday 12 November, voice Friday 20 November, next Wednesday 25 November, bothers The colour."
    )
    assert body.strip().splitlines() == ["We owe you:", "- Drafts Friday 27 November", "- Prices"]
    allowed(workspace.runs.tick(run.id, "talk"))
    assert "next [the next check-in]" in said()[0]
