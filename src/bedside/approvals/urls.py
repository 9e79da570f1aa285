"""The addresses of this room."""

from django.urls import path

from bedside.approvals.views import outside, requests, routes

app_name = "approvals"

urlpatterns = [
    path("", requests.queue, name="queue"),
    path("routes", routes.routes, name="routes"),
    path("routes/<str:need>", routes.route, name="route"),
    path("outside/<str:token>", outside.sign, name="outside"),
    path("outside/<str:token>/pictures/<str:asset_id>", outside.picture, name="outside_picture"),
    path("decisions/<uuid:decision_id>/undo", requests.take_back, name="undo"),
    path("<uuid:request_id>", requests.one, name="request"),
    path("<uuid:request_id>/say", requests.say, name="say"),
    path("<uuid:request_id>/remark", requests.remark, name="remark"),
    path("<uuid:request_id>/outside", requests.invite_outside, name="invite_outside"),
    path("signers/<uuid:signer_id>/withdraw", requests.withdraw_outside, name="withdraw_outside"),
]
