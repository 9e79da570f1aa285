"""A Mastodon server as a place to keep promises on, read by Mastodon.py, a client that we did not write."""

from mastodon import Mastodon
from tests.networks.ask import ask
from tests.networks.places import Place, Seen

from bedside.networks.account import Session
from bedside.networks.contract import Receipt
from bedside.networks.plain import words_of_html

OURS, THEIRS = "ada_token", "grace_token"


class OnMastodon(Place):
    """The account ada, on a server emptied before every test that ignores idempotency keys; the stranger
    is grace.
    """

    key = "mastodon"

    def signed_in(self) -> Session:
        self.line.swallowed = {"idempotency-key"}
        ask("POST", f"{self.server}/api/v1/_mock/reset", {})
        self.us, self.stranger = self._client(OURS), self._client(THEIRS)
        for status in self.us.account_statuses(self.us.me().id):
            self.us.status_delete(status.id)
        signed_in = self.connector.connect.sign_in(self.http(), "token", {"access_token": OURS})
        return self.on_the_line(Session(signed_in.account, signed_in.credentials, self.http()))

    def published(self) -> list[Seen]:
        statuses = self.us.account_statuses(self.us.me().id, limit=40)
        return [
            Seen(
                str(status.id),
                words_of_html(status.content),
                tuple(media.description or "" for media in status.media_attachments),
                str(status.in_reply_to_id or ""),
            )
            for status in reversed(statuses)
        ]

    def stranger_answers(self, receipt: Receipt, text: str) -> str:
        return str(self.stranger.status_post(f"@ada {text}", in_reply_to_id=receipt.remote_id).id)

    def stranger_mentions_us(self, text: str) -> str:
        return str(self.stranger.status_post(f"@ada {text}").id)

    def stranger_likes(self, receipt: Receipt) -> None:
        self.stranger.status_favourite(receipt.remote_id)

    def _client(self, token: str) -> Mastodon:
        return Mastodon(access_token=token, api_base_url=self.server, version_check_mode="none")
