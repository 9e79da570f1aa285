"""The faults on demand: which are set, and which strike this call.

Here dice are rolled; what a struck call answers is decided in `gate`. Each fault rolls with a generator of its own,
so that a seed repeats the same strikes.
"""

import random
from dataclasses import dataclass, field
from typing import Any

from bedside.practice.refusals import invalid

BEFORE = ("expired_token", "rate_limit", "server_error")
"""Effects that end a call before anything is stored, in the order of their dice."""
AFTER = ("slow", "lost_answer", "malformed")
"""Effects that spoil the answer to a call that was accepted, in the order of their dice."""
SCOPES = ("publish", "media", "read", "all")
_SECONDS = {"slow": 5.0, "rate_limit": 1.0}
SECONDS_MAX = 300


@dataclass
class Fault:
    """One effect that strikes a share of calls (`rate`), at most `count` more times when that is set."""

    effect: str
    rate: float = 1.0
    count: int | None = None
    on: str = "publish"
    seconds: float = 0.0
    seed: int | None = None
    fired: int = 0
    dice: random.Random = field(default_factory=random.Random)

    def strikes(self, kind: str) -> bool:
        """Roll for a call of this kind; a strike is counted."""
        if self.on not in (kind, "all") or self.count == 0 or self.dice.random() >= self.rate:
            return False
        self.fired += 1
        if self.count is not None:
            self.count -= 1
        return True

    def shown(self) -> dict[str, Any]:
        """The fault as the control address tells it."""
        return {
            "effect": self.effect,
            "rate": self.rate,
            "count": self.count,
            "on": self.on,
            "seconds": self.seconds or None,
            "seed": self.seed,
            "fired": self.fired,
        }


class Faults:
    """The active faults, one per effect."""

    def __init__(self) -> None:
        self._by_effect: dict[str, Fault] = {}

    def set(self, wanted: list[Fault]) -> None:
        """Activate faults; one set again replaces the earlier one, a rate of 0 ends it."""
        for fault in wanted:
            self._by_effect.pop(fault.effect, None)
            if fault.rate > 0:
                self._by_effect[fault.effect] = fault

    def clear(self) -> None:
        """End all faults."""
        self._by_effect.clear()

    def shown(self) -> list[dict[str, Any]]:
        """All active faults, as told by the control address."""
        return [fault.shown() for fault in self._by_effect.values()]

    def before(self, kind: str) -> Fault | None:
        """The fault that ends this call before anything is stored, if one strikes."""
        if not self._by_effect:
            return None
        return next((fault for fault in self._among(BEFORE) if fault.strikes(kind)), None)

    def after(self, kind: str) -> list[Fault]:
        """The faults that spoil this accepted call's answer: slowness, and at most one other."""
        if not self._by_effect:
            return []
        struck: list[Fault] = []
        for fault in self._among(AFTER):
            if any(earlier.effect != "slow" for earlier in struck):
                break
            if fault.strikes(kind):
                struck.append(fault)
        return struck

    def _among(self, effects: tuple[str, ...]) -> list[Fault]:
        return [self._by_effect[effect] for effect in effects if effect in self._by_effect]


def read_faults(body: object) -> list[Fault]:
    """The faults that a control call asks for, one or a list; refused with what is wrong."""
    wanted = body if isinstance(body, list) else [body]
    return [_read_fault(one) for one in wanted]


def _read_fault(body: object) -> Fault:
    if not isinstance(body, dict):
        raise invalid("field_type", "A fault is an object such as {“effect”: “slow”, “rate”: 0.05}.")
    effect = body.get("effect")
    if effect not in BEFORE + AFTER:
        raise invalid("field_type", f"“effect” must be one of {', '.join(AFTER + BEFORE)}.")
    on = body.get("on", "publish")
    if on not in SCOPES:
        raise invalid("field_type", f"“on” must be one of {', '.join(SCOPES)}.")
    seed = _number(body, "seed", None, whole=True)
    return Fault(
        effect=str(effect),
        rate=float(_number(body, "rate", 1.0, most=1) or 0),
        count=_number(body, "count", None, whole=True),
        on=str(on),
        seconds=float(_number(body, "seconds", _SECONDS.get(str(effect), 0.0), most=SECONDS_MAX) or 0),
        seed=seed,
        dice=random.Random(seed),  # noqa: S311 - dice of a test, not a secret
    )


def _number(body: dict[str, Any], field: str, default: Any, *, most: float = 1e9, whole: bool = False) -> Any:
    value = body.get(field, default)
    if value is None or value is default:
        return value
    right = isinstance(value, int) if whole else isinstance(value, int | float)
    if not right or isinstance(value, bool) or not 0 <= value <= most:
        kind = "a whole number" if whole else "a number"
        raise invalid("field_type", f"“{field}” must be {kind} from 0 to {most:g}.")
    return value
