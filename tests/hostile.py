"""Texts that have broken programs: tests put each of them into every place that takes a text.

All are our own. Texts in `CONTROLS` and `INVISIBLE` may reach neither a terminal nor a file as they are; the
others must come through letter for letter.
"""

CONTROLS: tuple[str, ...] = (
    # Sequences a terminal acts on.
    "red \x1b[31mtext\x1b[0m",
    "wipe \x1b[2J\x1b[3J\x1b[H all",
    "conceal \x1b[8msecret\x1b[28m",
    "ask \x1b[6n\x1b[c\x1b[>q",
    "window \x1b[21t\x1b[8;1;1t",
    "half a sequence \x1b[",
    "lone escape \x1b",
    "reset \x1bc then \x1b#8",
    "copied \x1b]52;c;cm0gLXJmIC8=\x07",
    "titled \x1b]0;root@bank\x07",
    "link \x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "unended title \x1b]2;never closed",
    "device string \x1bP$q\"p\x1b\\ and \x1bP+q544e\x1b\\",
    "program command \x1b_Gi=1;AAAA\x1b\\ and \x1b^private\x1b\\",
    # The same as single C1 characters.
    "c1 \x9b31m red",
    "c1 \x9d52;c;aGk=\x9c",
    "c1 \x90q\x9c \x85 \x84 \x8d",
    # Single control characters.
    "bell \x07\x07\x07",
    "backspace safe\x08\x08\x08\x08evil",
    "nul a\x00b",
    "delete \x7f\x7f",
    "vertical \x0b tab and form \x0c feed",
    "shift \x0e out \x0f in",
    "end of file \x1a \x04",
    "all of them " + "".join(chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r"),
)  # fmt: skip

INVISIBLE: tuple[str, ...] = (
    # Order turned round.
    "invoice \u202efdp.exe",
    "embed \u202axyz\u202c \u202bzyx\u202c \u202dzyx\u202c",
    "isolate \u2066a\u2069 \u2067b\u2069 \u2068c\u2069",
    "never closed \u2067\u202e",
    "marks \u200e left \u200f right \u061c arabic",
    # Letters nobody sees.
    "zero\u200bwidth\u2060joined",
    "\ufeffmark at the start",
    "soft\u00adhyphen and \u034f joiner",
    "lines\u2028and\u2029paragraphs",
    "invisible \u2061\u2062\u2063\u2064 operators",
    "tagged \U000e0001\U000e0065\U000e006e\U000e007f",
    "variation \U000e0100 \U000e01ef supplement",
    "fillers \u115f\u1160\u3164\uffa0",
    "interlinear \ufff9a\ufffab\ufffb",
)

MARKUP: tuple[str, ...] = (
    # Textual and Rich.
    "[/x]",
    "[/]",
    "[red]not red[/red]",
    "[x] done",
    "[ ] open",
    "[b]unbalanced",
    "[@click=app.quit]quit[/]",
    "[@click=app.bell()]",
    "[link=x",
    '[link="https://evil.example"]x[/link]',
    "[#zzz]z[/]",
    "[$x] [$primary]",
    "[red on]",
    "\\[b] \\\\[b]",
    "a\\",
    "[[[[",
    "]]]]",
    "[]",
    ":smile: :warning:",
    # Templates and formats.
    "{{ client.name }}",
    "{{ snippets.x }} {% for i in range(9) %}x{% endfor %} {# c #}",
    "{0.__class__.__init__.__globals__}",
    "{name:>100000000}",
    "{ unclosed",
    "%s %d %(name)s %",
    "${HOME} $x $(id) `id`",
    # Query languages.
    "Robert'); DROP TABLE client;--",
    '"; DELETE FROM run; --',
    "' OR '1'='1",
    'near" NOT (a* OR',
    "100% _under_",
    # Markdown, HTML and XML.
    "# Heading",
    "- [x] faked tick",
    "| a | b |\n|---|---|",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![x](file:///etc/passwd)",
    "[go](javascript:alert(1))",
    "*a* **b** `c` ~d~ > e",
    "```\nfence",
    "---\ntitle: front\n---",
    "&amp; &lt;b&gt; &#x202e; ]]> <!-- -->",
    # Spreadsheets and calendars.
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1 234",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    '"quoted, with comma"; and semicolon',
    "x\nEND:VEVENT\nBEGIN:VALARM",
    "a@b.example?bcc=all@c.example&body=x",
    # TOML and JSON.
    '"""',
    "'''",
    "\\u0000 \\x1b \\e",
    'key = "value" # comment',
    "[[section]]",
    '{"a": NaN}',
    "null",
)

NAMES: tuple[str, ...] = (
    # What must not become a path as it is.
    "../../etc/passwd",
    "..",
    ".",
    "/",
    "~root",
    "C:\\Windows\\system32",
    "CON",
    "nul.txt",
    "a:b",
    "-rf",
    "--help",
    ".hidden",
    "  . ",
    "file?*<>|.md",
    "x" * 300,
)

SCRIPTS: tuple[str, ...] = (
    # Honest text that is hard to measure.
    "漢字かな交じり文 株式会社",
    "한국어 회사 이름",
    "ＦＵＬＬ ｗｉｄｔｈ １２３",
    "\U00020000\U0002a6d6 beyond the first plane",
    "👍🏽 🎉 ✅",
    "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈",
    "🇪🇸🇩🇰🇪",
    "1\ufe0f\u20e3 \u2764\ufe0f \u2764\ufe0e",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324a\u0321\u0338l\u0322g\u0335o\u0321".replace("\u034f", ""),
    "e" + "\u0301" * 60,
    "\u0301 starts with an accent",
    "cafe\u0301 and café",
    "مرحبا بالعالم 123",
    "שלום עולם (abc)",
    "العربية with English עברית",
    "می\u200cخواهم",
    "ภาษาไทย น้ำ",
    "हिन्दी क\u094d\u200dष",
    "ಕನ್ನಡ தமிழ் বাংলা",
    "Tiếng Việt Ångström Łódź",
    "ısparta İstanbul Iğdır",
    "straße STRASSE ﬁﬂ ǅ",
    "Ωμέγα ΣΊΣΥΦΟΣ ς",
    "﷽ 𒐫 ꧅",
    "½ ² ⅷ ٣ ３",
    "“curly” ‘quotes’ — « dash »",
    "non\u00a0breaking\u202fblanks\u2009thin",
)  # fmt: skip

SHAPES: tuple[str, ...] = (
    # Empty, long and many-lined.
    " ",
    "     ",
    "\t\t",
    "\n\n\n",
    "\u3000\u2003",
    "one\ntwo\r\nthree\rfour",
    "tab\tin\tbetween",
    " blank at both ends ",
    "0",
    "false",
    "9" * 5000,
    "1e309 -0 0x1F 1_000",
    "2026-02-30",
    "long " * 2000,
    "W" * 10_000,
    "漢" * 1000,
    "noncharacter \ufffe \ufdd0 \U0001ffff",
    "private \ue000 \U0010fffd",
    "replacement \ufffd",
)

HOSTILE: tuple[str, ...] = (*CONTROLS, *INVISIBLE, *MARKUP, *NAMES, *SCRIPTS, *SHAPES)
