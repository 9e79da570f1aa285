"""Which room answers which address. The first word of an address is the room's name."""

from django.urls import include, path

from bedside.api.v1 import api

urlpatterns = [
    path("", include("bedside.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", include("bedside.people.urls")),
    path("library/", include("bedside.library.urls")),
    path("networks/", include("bedside.networks.urls")),
    path("crisis/", include("bedside.crisis.urls")),
    path("approvals/", include("bedside.approvals.urls")),
    path("rules/", include("bedside.rules.urls")),
    path("planning/", include("bedside.planning.urls")),
    path("publishing/", include("bedside.publishing.urls")),
    path("inbox/", include("bedside.inbox.urls")),
    path("insights/", include("bedside.insights.urls")),
    path("audit/", include("bedside.web.record.urls")),
    path("api/v1/", api.urls),
    path("api/", include("bedside.api.urls")),
]
handler400 = "bedside.web.errors.bad_request"
handler403 = "bedside.web.errors.forbidden"
handler404 = "bedside.web.errors.not_found"
handler429 = "bedside.web.errors.too_many"  # read by allauth
handler500 = "bedside.web.errors.broken"
