"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from bedside.rules.views import accuracy, marks, own, shipped, waivers

app_name = "rules"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.own_rules, name="own"),
    path("own/new", own.own_rule, name="new_own"),
    path("own/try", own.try_it, name="try"),
    path("own/<uuid:rule_id>", own.own_rule, name="own_rule"),
    path("own/<uuid:rule_id>/put-away", own.put_away, name="put_away"),
    path("own/<uuid:rule_id>/bring-back", own.bring_back, name="bring_back"),
    path("all", shipped.rules, name="all"),
    path("all/<slug:rule_id>", shipped.rule, name="rule"),
    path("regrades/<uuid:regrade_id>/end", shipped.end, name="end_regrade"),
    path("waivers", waivers.waivers, name="waivers"),
    path("waivers/<uuid:waiver_id>", waivers.waiver, name="waiver"),
    path("waivers/<uuid:waiver_id>/withdraw", waivers.withdraw, name="withdraw_waiver"),
    path("marks", marks.marks, name="marks"),
    path("marks/examples", marks.examples, name="examples"),
    path("marks/examples.jsonl", marks.export, name="export"),
    path("marks/<uuid:mark_id>", marks.mark, name="mark"),
    path("accuracy", accuracy.accuracy, name="accuracy"),
]
