"""Does what people write arrive as words, without markup, tricks or somebody else's clock?"""

from tests.networks.samples import sample

from bedside.networks.bluesky import heard as bluesky
from bedside.networks.mastodon import heard as mastodon
from bedside.networks.mastodon.translate import is_same_wording
from bedside.networks.plain import LONGEST_MESSAGE, words, words_of_html


def test_a_direct_message_is_direct_and_will_be_answered_directly() -> None:
    message = mastodon.message(sample("mastodon", "direct_message"), "4711")
    assert (message.kind, message.is_ours) == ("direct", False)
    assert dict(message.ref.extra) == {"author": "pat@elsewhere.example", "visibility": "direct"}


def test_the_words_of_a_message_come_without_markup_and_with_its_warning() -> None:
    message = mastodon.message(sample("mastodon", "direct_message"), "4711")
    assert message.text == (
        "health\n\n@riverside Is the travel clinic open?\nSee https://example.org/travel/clinic?x=1\n\nThanks & bye!"
    )
    assert message.author.name == "Pat  Example"
    assert [(attached.url, attached.alt_text) for attached in message.media] == [
        ("https://elsewhere.example/a.png", "A passport")
    ]


def test_a_message_does_not_show_its_words_in_a_representation() -> None:
    assert "travel" not in repr(mastodon.message(sample("mastodon", "direct_message"), "4711"))


def test_a_bluesky_thread_is_in_order_without_what_is_blocked_or_gone() -> None:
    messages = bluesky.thread(sample("bluesky", "thread"), "did:plc:us")
    assert [message.remote_id.rsplit("/", 1)[1] for message in messages] == ["3root", "3reply", "3answer"]
    assert [message.is_ours for message in messages] == [True, False, True]


def test_a_bluesky_reply_knows_its_root_and_is_as_old_as_the_network_says() -> None:
    reply = bluesky.thread(sample("bluesky", "thread"), "did:plc:us")[1]
    assert reply.root == reply.in_reply_to == "at://did:plc:us/app.bsky.feed.post/3root"
    assert dict(reply.ref.extra) == {
        "cid": "bafyreply",
        "root_uri": "at://did:plc:us/app.bsky.feed.post/3root",
        "root_cid": "bafyroot",
    }
    assert reply.at.year == 2026
    assert (reply.author.handle, reply.author.name) == ("@pat.example", "Pat E.")
    assert reply.text == "Walk-ins too? 👨‍👩‍👧"


def test_scripts_and_styles_are_no_words() -> None:
    html = "<p>Hello<script>alert(1)</script><style>p{}</style></p><ul><li>a</li><li>b &lt;c&gt;</li></ul>"
    assert words_of_html(html) == "Hello\n\n\na\nb <c>"


def test_flags_and_joined_emoji_survive_and_direction_tricks_do_not() -> None:
    scotland = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert words(f"{scotland} 👩‍⚕️ a\u202eb\u2066c\u0007") == f"{scotland} 👩‍⚕️ abc"


def test_a_message_of_a_million_letters_is_cut() -> None:
    assert len(words("x" * 1_000_000)) == LONGEST_MESSAGE
    assert len(words_of_html("<p>" + "x" * 1_000_000)) == LONGEST_MESSAGE


def test_a_published_status_is_recognized_although_the_server_rewrote_it() -> None:
    ours = "@pat@elsewhere.example Yes, see https://example.org/travel\n\nand bring #proof"
    html = (
        '<p><span class="h-card"><a>@<span>pat</span></a></span> Yes, see <a href="https://example.org/travel">'
        '<span class="invisible">https://</span><span>example.org/travel</span></a></p>'
        '<p>and bring <a class="hashtag">#<span>proof</span></a></p>'
    )
    assert is_same_wording(html, ours)
    assert not is_same_wording(html, ours.replace("bring", "send"))
