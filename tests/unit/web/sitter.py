"""A member at the desk as far as the shell looks at one: a name, a role, chosen powers."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.test import RequestFactory


@dataclass
class Role:
    name: str = "Author"


@dataclass
class Sitter:
    """A member as far as the shell looks at one."""

    powers: frozenset[str]
    name: str = "Dana Whitfield"
    role: Role = field(default_factory=Role)


def request_by(*powers: str, path: str = "/") -> HttpRequest:
    """A request of a member with these powers."""
    request = RequestFactory().get(path)
    request.member = Sitter(frozenset(powers))
    return request
