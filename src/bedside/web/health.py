"""Is the web server well? One address for supervisors, proxies and monitors; it needs no sign-in and tells no
secret.
"""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from bedside import __version__
from bedside.people.gate import open_to_all


@open_to_all("Supervisors and monitors ask without signing in, and learn nothing but the version.")
def health(request: HttpRequest) -> JsonResponse:
    """200 when a request can be answered and the database reads; a database that does not is the 500 page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})
