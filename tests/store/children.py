"""Other programs on the same database: real processes that run a few lines of Python."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


def begin(script: str, *args: object) -> "subprocess.Popen[str]":
    """Starts a program; its arguments are in `sys.argv[1:]`."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(programs: Sequence["subprocess.Popen[str]"]) -> list[str]:
    """What each printed; every one must have ended well."""
    ended = [(program, *program.communicate(timeout=120)) for program in programs]
    failed = [errors for program, _, errors in ended if program.returncode]
    assert not failed, failed[0]
    return [output for _, output, _ in ended]
