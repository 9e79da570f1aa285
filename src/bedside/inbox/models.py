"""Contacts, conversations, their messages, and the answers we write.

A conversation is what one person says to one channel below one post, in one mention, or in one review. It keeps
what its line in the list shows, so that the list is one indexed read however many messages there are.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.foundation import clock
from bedside.foundation.ids import uuid7

LOOK_AGAIN = timedelta(minutes=5)


class Contact(models.Model):
    """A person who writes to one of our channels, as the network shows them publicly and nothing more.

    Never joined across channels: whether two accounts are the same person is not ours to find out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="contacts")
    channel = models.ForeignKey("networks.Channel", on_delete=models.CASCADE, related_name="contacts")
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="contact_once")]
        indexes = [
            models.Index(fields=["organization", "name"], name="contact_by_name"),
            models.Index(fields=["organization", "handle"], name="contact_by_handle"),
        ]

    def __str__(self) -> str:
        return self.name or self.handle or str(_("Somebody"))


class Conversation(models.Model):
    """One person's conversation with one channel: below a post of ours, from a mention, or about a review."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        REPLY = "reply", _("Comment")
        MENTION = "mention", _("Mention")
        QUOTE = "quote", _("Quote")
        DIRECT = "direct", _("Direct message")
        REVIEW = "review", _("Review")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="conversations"
    )
    channel = models.ForeignKey("networks.Channel", on_delete=models.CASCADE, related_name="conversations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="conversations")
    root_remote_id = models.CharField(max_length=300)  # the post, mention or review that it hangs below
    delivery = models.ForeignKey(  # the post of ours that it hangs below, if we sent it
        "publishing.Delivery", on_delete=models.SET_NULL, null=True, related_name="conversations"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    is_unread = models.BooleanField(default=True)
    assigned_to = models.ForeignKey(
        "people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    rank = models.PositiveSmallIntegerField(default=0)  # how urgent; see `triage`; 0 when not open
    reason = models.CharField(max_length=30, blank=True)  # why that rank; a code of `triage`
    rating = models.PositiveSmallIntegerField(null=True, blank=True)  # stars of a review, of five
    excerpt = models.CharField(
        max_length=140, blank=True
    )  # the beginning of what was said last, for the list
    message_count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)  # when the thread was last read as a whole

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "root_remote_id", "contact"], name="conversation_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "closed"]), name="conversation_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "state", "-rank", "-last_message_at", "-id"],
                name="conversation_queue",
            ),
            models.Index(
                fields=["organization", "state", "kind", "-rank", "-last_message_at", "-id"],
                name="conversation_by_kind",
            ),
            models.Index(
                fields=["channel", "state", "-rank", "-last_message_at", "-id"],
                name="conversation_by_channel",
            ),
            models.Index(
                fields=["assigned_to", "state", "-rank", "-last_message_at", "-id"], name="conversation_mine"
            ),
            models.Index(
                fields=["organization", "state", "-rank", "-last_message_at", "-id"],
                condition=Q(is_unread=True),
                name="conversation_unread",
            ),
            models.Index(fields=["organization", "-last_message_at", "-id"], name="conversation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def needs_a_look(self) -> bool:
        """Whether its thread was not read as a whole for a while."""
        return self.looked_at is None or clock.now() - self.looked_at > LOOK_AGAIN


class Message(models.Model):
    """One thing that was said: theirs (`in`) or ours (`out`). A network's id makes it one row for ever."""

    class Direction(models.TextChoices):
        IN = "in", _("Theirs")
        OUT = "out", _("Ours")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="messages")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    channel = models.ForeignKey("networks.Channel", on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=10, choices=Conversation.Kind.choices)
    remote_id = models.CharField(max_length=300)
    remote_extra = models.JSONField(default=dict, blank=True)  # what the network wants to hear with an answer
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    in_reply_to = models.CharField(max_length=300, blank=True)  # the remote id of what it answers
    url = models.URLField(max_length=1000, blank=True)
    attached = models.JSONField(default=list, blank=True)  # [{"url", "mime", "alt_text"}], never fetched
    deleted_at = models.DateTimeField(null=True, blank=True)  # its author took it down; when we noticed
    hidden_at = models.DateTimeField(null=True, blank=True)  # we hid it below our post
    hidden_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    delivery = models.ForeignKey(  # the delivery that carried it, for ours
        "publishing.Delivery", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "remote_id"], name="message_once")]
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="message_thread"),
            models.Index(fields=["organization", "-at", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.pk}"

    @property
    def is_theirs(self) -> bool:
        return self.direction == self.Direction.IN


class Reply(models.Model):
    """An answer on its way from a draft to the public; at most one is open in each conversation.

    While it is a draft it follows the conversation: `answers` is always what they said last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for signatures")
        AGREED = "agreed", _("On its way")
        SENT = "sent", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="replies")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="replies")
    answers = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)  # grows with every change of the words
    fingerprint = models.CharField(max_length=80, blank=True)  # of the words that were sent off
    authors = models.ManyToManyField("people.Member", related_name="+")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    returned_because = models.CharField(max_length=500, blank=True)  # what a signer wants changed
    message = models.OneToOneField(  # how it stands in the thread once it is public
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="reply"
    )

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(state__in=["draft", "submitted", "agreed"]),
                name="one_open_reply",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "agreed", "sent", "withdrawn"]),
                name="reply_state",
            ),
        ]
        indexes = [models.Index(fields=["conversation", "state"], name="reply_by_conversation")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"
