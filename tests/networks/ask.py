"""How do the tests look at a server without our own client? A few lines of urllib, so that a fault of ours
cannot hide.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


def ask(
    method: str, url: str, body: Any = None, *, token: str = "", form: dict[str, str] | None = None
) -> Any:
    """One call; the answer as JSON where it is JSON, else as text. Raises `urllib.error.HTTPError`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = None
    if form is not None:
        data = urllib.parse.urlencode(form).encode()
    elif body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        content = answer.read()
    try:
        return json.loads(content)
    except ValueError:
        return content.decode()
