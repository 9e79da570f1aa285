"""How the practice network says no: one exception that carries a status, a code and a sentence.

Where a refusal becomes an answer is decided in `gate` (for the API) and `app` (for everything else).
"""

from typing import Any


class Refusal(Exception):
    """The call was understood and refused; `message` is a sentence for a person."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: dict[str, str] | None = None, **details: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
        self.details = details

    def body(self) -> dict[str, Any]:
        """The JSON form of the refusal, as documented in `docs/rooms/practice.md`."""
        return {"error": {"code": self.code, "message": self.message, **self.details}}


def bad_request(message: str) -> Refusal:
    """What was sent has not the right shape."""
    return Refusal(400, "bad_request", message)


def not_found(what: str) -> Refusal:
    """There is no such thing here; `what` is a noun such as "post"."""
    return Refusal(404, "not_found", f"There is no such {what}. It may never have existed here.")


def invalid(code: str, message: str, **details: Any) -> Refusal:
    """The content breaks a rule of the network; repeating it will not help."""
    return Refusal(422, code, message, **details)
