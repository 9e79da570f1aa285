"""The practice network as a place to keep promises on: its ledger is what is really public."""

import json
import uuid

from tests.networks.ask import ask
from tests.networks.places import Place, Seen

from bedside.networks.account import Session
from bedside.networks.contract import Receipt


class OnPractice(Place):
    """A new channel for every test, on a network that stores a repeated key as a second post."""

    key = "practice"

    def signed_in(self) -> Session:
        ask("POST", f"{self.server}/_control/settings", {"idempotency": False})
        self.handle = f"clinic-{uuid.uuid4().hex[:8]}"
        made = ask("POST", f"{self.server}/_control/channels", {"handle": self.handle, "name": "Riverside"})
        answers = {"access_token": made["access_token"], "refresh_token": made["refresh_token"]}
        signed_in = self.connector.connect.sign_in(self.http(), "token", answers)
        return self.on_the_line(Session(signed_in.account, signed_in.credentials, self.http()))

    def published(self) -> list[Seen]:
        said = ask("GET", f"{self.server}/_control/ledger?channel={self.handle}")
        lines = [said] if isinstance(said, dict) else [json.loads(each) for each in said.splitlines()]
        return [
            Seen(
                each["id"],
                each["text"],
                tuple(medium["alt_text"] for medium in each["media"]),
                each["in_reply_to"] or "",
            )
            for each in lines
            if each["deleted_at"] is None
        ]

    def stranger_answers(self, receipt: Receipt, text: str) -> str:
        ask("POST", f"{self.server}/p/{receipt.remote_id}/comment", form={"text": text, "name": "Pat"})
        return self._newest(text)

    def stranger_mentions_us(self, text: str) -> str:
        ask("POST", f"{self.server}/post", form={"text": f"@{self.handle} {text}", "name": "Pat"})
        return self._newest(text)

    def stranger_likes(self, receipt: Receipt) -> None:
        ask("POST", f"{self.server}/p/{receipt.remote_id}/like", form={"name": "Pat"})

    def stranger_reviews(self, stars: int, text: str) -> None:
        form = {"stars": str(stars), "text": text, "name": "Pat"}
        ask("POST", f"{self.server}/c/{self.handle}/review", form=form)

    def _newest(self, text: str) -> str:
        token = self.session.credentials.access_token
        notices = ask("GET", f"{self.server}/api/notifications?limit=100", token=token)["notifications"]
        return next(n["post"]["id"] for n in reversed(notices) if n["post"] and text in n["post"]["text"])
