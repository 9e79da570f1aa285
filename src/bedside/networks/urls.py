"""The addresses of this room."""

from django.urls import path

from bedside.networks import views

app_name = "networks"

urlpatterns = [
    path("", views.channels, name="channels"),
    path("connect", views.choose, name="choose"),
    path("connect/return", views.come_back, name="return"),
    path("connect/<slug:network>/<slug:way>", views.connect, name="connect"),
    path("channels/<uuid:channel_id>", views.channel, name="channel"),
    path("channels/<uuid:channel_id>/disconnect", views.leave, name="disconnect"),
]
