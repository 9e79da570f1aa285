"""The first version of the REST API, put together. The description is at /api/v1/openapi.json."""

from ninja import NinjaAPI

from bedside import __version__
from bedside.api.door import Key, Pace
from bedside.api.errors import answer_problems
from bedside.api.resources import (
    answers,
    approvals,
    asset_files,
    campaigns,
    channels,
    deliveries,
    directory,
    guard,
    holds,
    inbox,
    library,
    links,
    many,
    marks,
    me,
    numbers,
    people,
    post_reading,
    posts,
    queue,
    record,
    routes,
    rules,
    saved_replies,
    waivers,
    webhooks,
)

api = NinjaAPI(
    title="Bedside",
    version=__version__,
    description="The social media desk for healthcare. Every operation names the power its key needs.",
    urls_namespace="api-v1",
    auth=Key(),
    docs_url=None,  # a page of the description would load scripts from elsewhere
    throttle=[Pace("1200/m")],
)
answer_problems(api)
_PARTS = (
    me,
    directory,
    people,
    many,  # /posts/many would else be taken for a post's id
    posts,
    post_reading,
    links,
    campaigns,
    queue,
    library,
    asset_files,
    approvals,
    routes,
    channels,
    deliveries,
    holds,
    inbox,
    answers,
    saved_replies,
    numbers,
    guard,
    rules,
    marks,
    waivers,
    webhooks,
    record,
)
for _part in _PARTS:
    api.add_router("", _part.router)
