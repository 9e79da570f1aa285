"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path, re_path

from bedside.inbox.views import answering, reading, saved, tending

app_name = "inbox"

_CONVERSATION = r"(?P<conversation_id>[0-9a-f-]{36})"
_REPLY = r"(?P<reply_id>[0-9a-f-]{36})"
_SAVED = r"(?P<saved_id>[0-9a-f-]{36})"
_MESSAGE = r"(?P<message_id>[0-9a-f-]{36})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.conversations, name="list"),
    path("saved/", saved.saved, name="saved"),
    path("saved/starter-set", saved.starter_set, name="starter_set"),
    re_path(rf"^saved/{_SAVED}$", saved.saved, name="change_saved"),
    re_path(rf"^saved/{_SAVED}/put-away$", saved.put_away, name="put_away"),
    re_path(rf"^{_CONVERSATION}$", reading.conversation, name="conversation"),
    re_path(rf"^{_CONVERSATION}/notes$", answering.notes, name="notes"),
    re_path(rf"^{_CONVERSATION}/note$", answering.note, name="note"),
    re_path(rf"^{_CONVERSATION}/draft$", answering.draft, name="draft"),
    re_path(rf"^{_CONVERSATION}/answer$", answering.answer, name="answer"),
    re_path(rf"^{_CONVERSATION}/close$", tending.close, name="close"),
    re_path(rf"^{_CONVERSATION}/reopen$", tending.reopen, name="reopen"),
    re_path(rf"^{_CONVERSATION}/assign$", tending.assign, name="assign"),
    re_path(rf"^message/{_MESSAGE}/hide$", tending.hide, name="hide"),
    re_path(rf"^answer/{_REPLY}/take-back$", answering.take_back, name="take_back"),
    re_path(rf"^answer/{_REPLY}/throw-away$", answering.throw_away, name="throw_away"),
]
