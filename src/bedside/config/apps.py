"""The house as a Django application: when everything is loaded, the rooms are wired together."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "bedside.config"
    label = "house"

    def ready(self) -> None:
        from bedside.config import wiring  # noqa: PLC0415  # models can be imported only from here on

        wiring.connect()
