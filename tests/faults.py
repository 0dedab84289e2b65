"""One faulty playbook for each code of a problem; `# <-` stands on the line where it must be told."""

HEAD = 'title = "T"\n'
SECTION = '[[section]]\nid = "s"\ntitle = "S"\n'
STEP = '[[section.step]]\nid = "a"\ntitle = "A"\n'
START = HEAD + SECTION + STEP


def second(text: str) -> str:
    """A second step `b` with these keys, below a plain step `a`."""
    return START + '[[section.step]]\nid = "b"\ntitle = "B"\n' + text


def field(text: str) -> str:
    """A step with a field `f` of these keys."""
    return START + f'field = [ {{ id = "f", label = "F", {text} }} ] # <-\n'


def condition(text: str) -> str:
    """A step `b` on this condition, below a step `a` with a number `n`, a choice `c` and a text `t`."""
    return (
        START
        + 'field = [ { id = "n", label = "N", kind = "number" },\n'
        + '  { id = "c", label = "C", kind = "choice", choices = { gold = "Gold one", tin = "Tin" } },\n'
        + '  { id = "t", label = "T" } ]\n'
        + f'[[section.step]]\nid = "b"\ntitle = "B"\nwhen = {text} # <-\n'
    )


FAULTS = {
    # TOML
    "toml-number": HEAD + "a = " + "1" * 5000 + " # <-\n",
    "toml-curly-quotes": "title = “T” # <-\n",
    "toml-inner-quotes": HEAD + 'say = "He said "yes" to me" # <-\n',
    "toml-word": "key = yes # <-\n",
    "toml-no-value": "title = # <-\n",
    "toml-value": "title = ?? # <-\n",
    "toml-key": HEAD + "!! # <-\n",
    "toml-after-value": "a = 1 2 # <-\n",
    "toml-equals": 'title "T" # <-\n',
    "toml-header": "[[section] # <-\n",
    "toml-table-twice": HEAD + "[section]\n[section] # <-\n",
    "toml-key-twice": HEAD + "title = '''\n''' # <-\n",
    "toml-extend": "a = [ 1 ]\n[[a]] # <-\n",
    "toml-array-open": "a = [1 2] # <-\n",
    "toml-inline-open": "a = { b = 1 c = 2 } # <-\n",
    "toml-backslash": 'a = "c:\\path" # <-\n',
    "toml-string-open": HEAD + 'a = """ # <-\nx\n',
    "toml-line-end": HEAD + 'a = "x # <-\n',
    "toml-control": HEAD + 'a = "\x01" # <-\n',
    "toml-date": "a = 2026-13-01 # <-\n",
    "toml-deep": "a." * 40 + "b = 1 # <-\n",
    # Types and keys
    "wants-text": "title = 1 # <-\n",
    "wants-flag": START + 'key = "yes" # <-\n',
    "wants-number": HEAD + 'format = "1" # <-\n',
    "wants-value": field("min = [1]"),
    "wants-list": START + 'needs = "b" # <-\n',
    "wants-table": START + "message = 1 # <-\n",
    "wants-tables": HEAD + "section = 1 # <-\n",
    "single-brackets": HEAD + SECTION + '[section.step] # <-\nid = "a"\ntitle = "A"\n',
    "key-missing": HEAD + '[[section]] # <-\nid = "s"\n',
    "key-unknown": START + "titel = 1 # <-\n",
    "step-key-below": START + '[[section.step.field]]\nid = "f"\nlabel = "F"\ndue = "start" # <-\n',
    "section-key-below": START + 'pause = "p" # <-\n',
    "playbook-key-below": HEAD + SECTION + 'summary = "s" # <-\n',
    "field-key-in-step": START + 'label = "L" # <-\n',
    "step-key-in-section": HEAD + SECTION + 'due = "start" # <-\n',
    "step-at-top": HEAD + "[[step]] # <-\n",
    "value-unknown": START + 'channel = "phone" # <-\n',
    "number-size": field("min = 1e400"),
    "too-deep": condition("{ all = [" * 20 + "{ field = 'n', is = 1 }" + "] }" * 20),
    "choice-twice": field('kind = "choice", choices = ["x", "x"]'),
    "hidden-letters": 'title = "a\\u202eb" # <-\n',
    "snippet-unknown": 'title = "{{ snippets.x }}" # <-\n',
    "snippets-long": f'title = "{"{{ snippets.x }}" * 200}" # <-\n[snippets]\nx = "{"x" * 6000}"\n',
    "format-newer": HEAD + "format = 2 # <-\n",
    # Ids
    "id-pattern": HEAD + '[[section]]\ntitle = "S"\nid = "1 b" # <-\n',
    "id-reserved": HEAD + '[[section]]\ntitle = "S"\nid = "today" # <-\n',
    "id-twice": START + '[[section.step]]\ntitle = "B"\nid = "a" # <-\n',
    "playbook-id": START + 'starts = "No id" # <-\n',
    "language-tag": 'language = "english?" # <-\n',
    # References
    "step-unknown": second('needs = ["aa"] # <-\n'),
    "field-unknown": START + 'starts = { playbook = "x", on = "f" } # <-\n',
    "held-unknown": START + 'gate = "hard"\nholds = ["x"] # <-\n',
    "role-unknown": START + 'role = "pm" # <-\n',
    "field-not-date": START + 'field = [ { id = "f", label = "F" } ]\ndue = "f + 1d" # <-\n',
    "field-not-list": START + 'field = [ { id = "f", label = "F" } ]\nlogs = { kind = "note", each = "f" } # <-\n',
    "closes-nothing": second('closes = "a" # <-\n'),
    "log-day": START + 'logs = { kind = "promise", on = "x" } # <-\n',
    "log-text": START + 'field = [ { id = "we-owe", label = "F" } ]\nlogs = { kind = "note", text = "we-own" } # <-\n',
    "log-text-each": START
    + 'field = [ { id = "f", label = "F", kind = "list" } ]\nlogs = { kind = "note", each = "f", text = "t" } # <-\n',
    "save-built-in": field('save_as = "name"'),
    "save-pattern": field('save_as = "My name"'),
    "saved-unknown": START + 'say = "{{ client.dog }}" # <-\n',
    "name-undefined": START + 'say = "{{ nobody }}" # <-\n',
    # Fields
    "choices-missing": field('kind = "choice"'),
    "choices-unfit": field('choices = ["x"]'),
    "bound-unfit": field('kind = "number", min = "x"'),
    "bounds-crossed": field('kind = "number", min = 3, max = 2'),
    "choice-alone": field('kind = "choice", choices = ["x"]'),
    "field-done": START + 'field = [ { id = "f", label = "Done?", kind = "yes-no" } ] # <-\n',
    "default-unfit": field('kind = "number", default = "x"'),
    # Steps and sections
    "formal-alone": START + 'formal = { say = "x" } # <-\n',
    "message-channel": START + 'message = { body = "x" }\nchannel = "call" # <-\n',
    "topic-alone": START + 'topic = "money" # <-\n',
    "holds-without-gate": START + 'holds = ["s"] # <-\n',
    "gate-free": START + 'gate = "hard"\nskip = "free" # <-\n',
    "gate-holds-home": START + 'gate = "hard"\nholds = ["s"] # <-\n',
    "title-vague": HEAD + SECTION + '[[section.step]]\nid = "a"\ntitle = "Ensure quality" # <-\n',
    "section-keys": HEAD + "[[section]] # <-\nid = 's'\ntitle = 'S'\n"
    + "".join(f"[[section.step]]\nid = 'a{n}'\ntitle = 'A'\nkey = true\n" for n in range(6)),
    "section-long": HEAD + "[[section]] # <-\nid = 's'\ntitle = 'S'\n"
    + "".join(f"[[section.step]]\nid = 'a{n}'\ntitle = 'A'\n" for n in range(10)),
    "pause-missing": HEAD + "[[section]] # <-\ntitle = 'S'\nmode = 'do-confirm'\n",
    # Dates
    "rule": START + 'due = "after lunch" # <-\n',
    "rule-spaces": START + 'due = "start+2bd" # <-\n',
    "rule-unit": START + 'due = "start + 2y" # <-\n',
    "rule-unit-m": START + 'due = "start + 2m" # <-\n',
    "interval": START + 'repeat = "weekly" # <-\n',
    "clock": START + 'by = "25:00" # <-\n',
    "anchor-unknown": START + 'due = "kickof + 1d" # <-\n',
    "anchor-without-due": second('due = "a.due + 1d" # <-\n'),
    "anchor-not-instant": START + 'field = [ { id = "f", label = "F", kind = "date" } ]\ndue = "f + 1h" # <-\n',
    "target-unlabelled": START + 'due = "target" # <-\n',
    "by-without-due": START + 'by = "16:00" # <-\n',
    "by-instant": START + 'due = "start + 2h"\nby = "16:00" # <-\n',
    "repeat-without-due": START + 'repeat = "1w" # <-\n',
    "due-hidden": condition('{ client = "name", is = "Acme" }').replace(" # <-", "")
    + '[[section.step]]\nid = "d"\ntitle = "D"\ndue = "b + 1d" # <-\n',
    "due-locked": START
    + 'gate = "hard"\ndue = "f - 1d" # <-\n'
    + '[[section.step]]\nid = "b"\ntitle = "B"\nfield = [ { id = "f", label = "F", kind = "date" } ]\n',
    # Conditions
    "condition-empty": condition("{}"),
    "condition-no-side": condition("{ is = 1 }"),
    "condition-sides": condition('{ field = "n", step = "a", is = 1 }'),
    "condition-no-test": condition('{ field = "n" }'),
    "condition-tests": condition('{ field = "n", more_than = 1, less_than = 3 }'),
    "condition-mixed": condition('{ field = "n", is = 1, all = [ { step = "a", is = "done" } ] }'),
    "condition-deep": condition('{ all = [ { any = [ { all = [ { field = "n", is = 1 } ] } ] } ] }'),
    "condition-right": condition('{ field = "n", is = {} }'),
    "condition-never": condition('[ { field = "c", is = "gold" }, { field = "c", is = "tin" } ]'),
    "condition-never-far": condition('{ field = "c", is = "gold" }').replace(" # <-", "")
    + '[[section.step]]\nid = "d"\ntitle = "D"\nwhen = [ { field = "c", is = "tin" }, { step = "b", is = "done" } ] # <-\n',
    "condition-never-state": condition('{ step = "a", is = "hidden" }'),
    "condition-on-hideable": condition('{ field = "n", is = 1 }').replace(" # <-", "")
    + '[[section.step]]\nid = "d"\ntitle = "D"\nwhen = { step = "b", is = "done" } # <-\n',
    "state-unknown": condition('{ step = "a", is = "ticked" }'),
    "choice-unknown": condition('{ field = "c", is = "Gold one" }'),
    "test-unfit": condition('{ field = "c", more_than = 2 }'),
    "test-unfit-step": condition('{ step = "a", answered = true }'),
    "test-value": condition('{ field = "n", is = "many" }'),
    "test-range": START
    + 'field = [ { id = "n", label = "N", kind = "number", max = 5 } ]\n'
    + '[[section.step]]\nid = "b"\ntitle = "B"\nwhen = { field = "n", more_than = 5 } # <-\n',
    # Circles
    "cycle-needs": START + 'needs = ["b"] # <-\n[[section.step]]\nid = "b"\ntitle = "B"\nneeds = ["a"]\n',
    "cycle-gates": START + 'needs = ["b"]\ngate = "hard" # <-\n[[section.step]]\nid = "b"\ntitle = "B"\n',
    "cycle-dates": START + 'due = "b.due + 1d" # <-\n[[section.step]]\nid = "b"\ntitle = "B"\ndue = "a.due"\n',
    "cycle-conditions": START
    + 'when = { step = "b", is = "done" } # <-\n'
    + '[[section.step]]\nid = "b"\ntitle = "B"\nwhen = { step = "a", is = "done" }\n',
}  # fmt: skip
