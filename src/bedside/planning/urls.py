"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path, re_path

from bedside.planning.views import calendar, campaigns, composer, notes, post, posts, queue

app_name = "planning"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", calendar.calendar, name="calendar"),
    path("move", calendar.move, name="move"),
    path("posts", posts.posts, name="posts"),
    path("posts/many", posts.many, name="many"),
    path("campaigns", campaigns.campaigns, name="campaigns"),
    path("campaigns/<uuid:campaign_id>", campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:campaign_id>/archive", campaigns.archive, name="archive_campaign"),
    path("queue", queue.queue, name="queue"),
    path("queue/<uuid:channel_id>/add", queue.add, name="add_slot"),
    path("queue/times/<uuid:slot_id>/remove", queue.remove, name="remove_slot"),
    path("posts/new", composer.compose, name="compose"),
    path("posts/<uuid:post_id>", post.post, name="post"),
    path("posts/<uuid:post_id>/save", composer.save, name="save"),
    path("posts/<uuid:post_id>/look", composer.look, name="look"),
    path("posts/<uuid:post_id>/note", notes.note, name="note"),
    path("posts/<uuid:post_id>/picture", composer.picture, name="picture"),
    path("posts/<uuid:post_id>/link", composer.link, name="link"),
    path("posts/<uuid:post_id>/library", composer.library, name="library"),
    path("posts/<uuid:post_id>/plan", post.plan, name="plan"),
    path("posts/<uuid:post_id>/comment", post.comment, name="comment"),
    path("posts/<uuid:post_id>/versions", post.versions, name="versions"),
    path("posts/<uuid:post_id>/versions/<uuid:version_id>/restore", post.restore, name="restore"),
    re_path(
        r"^posts/(?P<post_id>[0-9a-f-]{36})/(?P<verb>reopen|withdraw|duplicate|queue)$", post.act, name="act"
    ),
    path("pictures/<uuid:asset_id>", composer.chosen, name="chosen"),
]
