"""How fast the program is, against the smallest program of its kind: `python -m bench`."""
