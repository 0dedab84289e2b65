"""Sentences of the libraries that people meet, marked so that they are translated with ours.

`click` asks gettext's default domain, which `words.use_language` points at our catalogue; Textual is handed
its words where it takes them.
"""

from playbook.words import N_, N_plural, _

CLICK = (
    N_("Usage:"), N_("Options"), N_("Commands"), N_("Positional arguments"), N_("Show this message and exit."),
    N_("Error: {message}"), N_("Try '{command} {option}' for help."), N_("Missing command."), N_("Aborted!"),
    N_("Missing argument"), N_("Missing option"), N_("Missing parameter"), N_("Missing parameter: {param_name}"),
    N_("No such option {name!r}."), N_("No such command {name!r}."), N_("Option {name!r} does not take a value."),
    N_("Argument {name!r} takes {nargs} values."), N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"), N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."), N_("Choose from:\n\t{choices}"), N_("default: {default}"), N_("file"),
    N_("directory"), N_("path"), N_("{name} {filename!r} does not exist."), N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."), N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."), N_("Could not open file {filename!r}: {message}"), N_("unknown error"),
)  # fmt: skip
"""What the command line says about usage."""

SYSTEM = (
    N_("No such file or directory"), N_("Permission denied"), N_("Is a directory"), N_("Not a directory"), N_("File exists"),
    N_("No space left on device"), N_("Read-only file system"), N_("File name too long"), N_("Input/output error"),
    N_("Too many open files"), N_("Disk quota exceeded"), N_("Operation not permitted"),
)  # fmt: skip
"""Why the system did not read or write a file."""

CLICK_PLURALS = (
    N_plural("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    N_plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    N_plural("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    N_plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    N_plural("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
)
"""The same for one and for several."""


def system_words(reason: str) -> str:
    """The system's reason in the language in force; any other text as it is."""
    return _(reason) if reason in SYSTEM else reason
