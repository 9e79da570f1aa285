"""Does Bedside know its own address when a proxy in front of it speaks TLS?"""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json, django
django.setup()
from allauth.account.adapter import get_adapter
from django.test import Client
headers = {"host": "desk.example", "x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.1, 203.0.113.9"}
answer = Client().get("/api/v1/openapi.json", headers=headers)
request = answer.wsgi_request
print(json.dumps({
    "return": request.build_absolute_uri("/networks/return"),
    "from": get_adapter().get_client_ip(request),
    "insists": "Strict-Transport-Security" in answer.headers,
}))
"""


@pytest.mark.parametrize(
    ("base_url", "known"),
    [
        (
            "https://desk.example",
            {"return": "https://desk.example/networks/return", "from": "203.0.113.9", "insists": True},
        ),
        (
            "http://desk.example",
            {"return": "http://desk.example/networks/return", "from": "127.0.0.1", "insists": False},
        ),
    ],
)
def test_the_proxy_is_believed_only_where_the_address_says_that_there_is_one(
    tmp_path, base_url, known
) -> None:
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "bedside.config.settings",
            "BEDSIDE_DATA": str(tmp_path),
            "BEDSIDE_BASE_URL": base_url,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout.splitlines()[-1]) == known
