"""Own the mistake, and a little more, but do not give the shop away: what making good may cost."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from playbook.core.client import Entry
from playbook.core.problems import Refusal


def cap_of(facts: Mapping[str, Any]) -> tuple[Decimal, str] | None:
    """The client's goodwill cap as amount and currency; None when it has none. `500 EUR` or a money answer."""
    said = facts.get("goodwill-cap")
    if isinstance(said, Mapping):
        amount, currency = str(said.get("amount", "")), str(said.get("currency", ""))
    else:
        amount, _blank, currency = str(said or "").strip().partition(" ")
    try:
        most = Decimal(amount)
    except InvalidOperation:
        return None
    return (most, currency.strip().upper()) if most.is_finite() else None


def spent(values: Sequence[Mapping[str, Any]], currency: str) -> Decimal:
    """What these entries' values cost in a currency."""
    costs = [cost for each in values if isinstance(cost := each.get("cost"), Mapping)]
    return sum((Decimal(str(c["amount"])) for c in costs if c.get("currency") == currency), Decimal(0))


def over_cap(
    new: Sequence[Mapping[str, Any]], kept: Sequence[Entry], facts: Mapping[str, Any]
) -> Refusal | None:
    """Why new entries may not be kept: together with what is there they pass the cap, and nobody is named who agreed."""
    cap = cap_of(facts)
    if cap is None:
        return None
    most, currency = cap
    costing = [entry["values"] for entry in new if isinstance(entry["values"].get("cost"), Mapping)]
    total = spent([entry.values for entry in kept], currency) + spent(costing, currency)
    if total <= most or not costing or all(values.get("approver") for values in costing):
        return None
    return Refusal(
        "over-goodwill",
        {
            name: {"amount": str(amount), "currency": currency}
            for name, amount in (("total", total), ("cap", most))
        },
    )
