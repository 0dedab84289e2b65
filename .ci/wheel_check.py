"""Says what a built wheel lacks, or what it should not hold: `python .ci/wheel_check.py WHEEL`."""

import sys
import zipfile

WANTED = (
    "playbook/library/es/onboarding.toml",
    "playbook/locale/es/LC_MESSAGES/playbook.mo",
    "playbook/py.typed",
    "playbook/library/en/onboarding.toml",
    "playbook/app.tcss",
)
SUFFIXES = (".tcss",)


def faults(names: list[str]) -> list[str]:
    """One sentence for each fault in a wheel holding these names."""
    found = [f"missing: {name}" for name in WANTED if name not in names]
    found += [f"no {suffix} file in it" for suffix in SUFFIXES if not any(n.endswith(suffix) for n in names)]
    info = next((n.split("/")[0] for n in names if ".dist-info/" in n), "")
    found += [f"stray at its top level: {n}" for n in names if n.split("/")[0] not in ("playbook", info)]
    if not any(n.startswith(info + "/") and n.endswith("LICENSE") for n in names):
        found.append("missing: LICENSE")
    return found


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        problems = faults(wheel.namelist())
    sys.stderr.write("\n".join(problems) + ("\n" if problems else ""))
    sys.exit(1 if problems else 0)
