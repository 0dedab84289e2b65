"""Run playbooks for client relations from the terminal."""

__version__ = "0.1.0"
