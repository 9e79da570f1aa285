"""What was handed to the network is kept whole: as evidence, and to be recognized when it is looked up."""

from io import BytesIO

from bedside.networks.contract import LinkCard, MediaFile, Outgoing, RemoteRef
from bedside.publishing.leaving import as_json, from_json

PICTURE = MediaFile("hash", "image/png", 10, 4, 3, "A door", open=lambda: BytesIO(b"x"), name="door.png")


def test_every_public_word_and_picture_comes_back_from_what_was_kept():
    left = Outgoing(
        text="Flu shots: https://riverside.example/flu",
        media=(PICTURE,),
        thread=("Bring your card.",),
        first_comment="Call us.",
        in_reply_to=RemoteRef("at://1", {"cid": "c"}),
        language="es",
        link=LinkCard("https://riverside.example/flu", "Flu shots", "From October on."),
    )
    assert from_json(as_json(left)) == left
    assert from_json(as_json(left)).digest == left.digest


def test_what_was_kept_before_there_were_cards_is_still_read():
    kept = as_json(Outgoing(text="Flu shots."))
    del kept["link"]
    assert from_json(kept) == Outgoing(text="Flu shots.")
