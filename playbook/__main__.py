"""`python -m playbook` and the `playbook` command."""

import sys


def main() -> None:
    """Answer `--version` at once; anything else goes to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from playbook import __version__

        sys.stdout.write(f"playbook {__version__}\n")
        return
    try:
        from playbook.cli import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # while loading; `run` answers later ones itself
        sys.exit(130)


if __name__ == "__main__":
    main()
