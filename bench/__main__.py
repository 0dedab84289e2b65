"""`python -m bench`: every bar of the table "How fast", and where the program stands."""

import argparse
import random

from bench.drive import is_noisy
from bench.rows import ALL, Result, Row


def main() -> None:
    """Measures what is asked for and prints it; a missed bar or a failing row is said, never raised."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="rounds that count, each target once a round")
    parser.add_argument(
        "--only", action="append", choices=ALL, metavar="ROW", help=f"may repeat: {', '.join(ALL)}"
    )
    options = parser.parse_args()
    random.seed(1)
    if is_noisy():
        print("The machine is busy; the ratios will be off.")
    for name in options.only or ALL:
        report(name, ALL[name], options.runs)


def report(name: str, row: Row, runs: int) -> None:
    """Prints one row as soon as it is known."""
    try:
        for result in row(runs):
            print(line(result), flush=True)
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        print(f"{name:<48} not measured: {reason[:200]}", flush=True)


def line(result: Result) -> str:
    """A result as one line of the table."""
    verdict = "ok  " if result.value <= result.bar else "MISS"
    value = f"{result.value:.2f} {result.unit}"
    return f"{result.what:<48} {value:>22}  ≤ {result.bar:<5g} {verdict}  {result.detail}"


if __name__ == "__main__":
    main()
