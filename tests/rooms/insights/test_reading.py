"""Reading numbers from a real practice network: what is stored, what is not asked again, and what trouble means."""

from datetime import timedelta

from tests.rooms.insights.conftest import result_of

from bedside.foundation import clock, leisure
from bedside.insights.following import follow_sent, stop_following
from bedside.insights.models import Day, Measurement, RawMetric, Result, Turn
from bedside.insights.reading import read_all
from bedside.insights.timing import FEW
from bedside.networks.models import Channel
from bedside.publishing.models import Delivery


def test_what_was_published_shows_its_first_numbers_after_a_minute(square):
    sent = square.publish()
    assert square.follow() == 1
    square.like(sent, "Pat")
    square.read(seconds=50)
    assert result_of(sent).read_at is None
    square.read(seconds=65)
    found = result_of(sent)
    assert (found.likes, found.replies, found.views, found.reactions) == (1, 0, 0, 1)
    assert found.next_at == found.sent_at + timedelta(minutes=5)
    square.like(sent, "Sam")
    square.read(minutes=6)
    assert (result_of(sent).likes, result_of(sent).next_at) == (2, found.sent_at + timedelta(minutes=15))


def test_hundreds_that_left_together_are_first_read_a_quarter_of_an_hour_later(square):
    for number in range(FEW + 1):
        square.publish(f"Number {number}")
    square.follow()
    square.read(minutes=6)
    assert not Result.objects.exclude(read_at=None).exists()
    square.read(minutes=16)
    assert Result.objects.filter(likes=0).count() == FEW + 1


def test_looking_again_finds_nothing_twice_and_answers_are_not_measured(square):
    sent = square.publish()
    Delivery.objects.filter(pk=square.publish("An answer.").pk).update(subject_kind="reply")
    assert square.follow() == 1
    assert square.follow() == 0
    assert [result.pk for result in Result.objects.all()] == [sent.pk]


def test_raw_names_are_kept_with_their_version_and_our_word(square):
    square.publish(ago=timedelta(hours=1))
    square.follow()
    read_all()
    shares = RawMetric.objects.get(means="shares")
    assert (shares.network, shares.name, shares.api_version) == ("practice", "reposts", "practice-1")


def test_only_what_changed_becomes_a_measurement(square):
    sent = square.publish()
    square.follow()
    square.read(minutes=16)
    first = Measurement.objects.filter(delivery=sent).count()
    square.like(sent, "Pat")
    square.read(minutes=61)
    square.read(hours=7)
    assert Measurement.objects.filter(delivery=sent).count() == first + 1
    assert result_of(sent).read_at > result_of(sent).sent_at + timedelta(hours=6)


def test_what_is_gained_is_told_by_the_day_of_the_reading(square):
    sent = square.publish()
    square.follow()
    for name in ("Pat", "Sam"):
        square.like(sent, name)
    square.comment(sent, "Kim")
    square.read(minutes=16)
    square.like(sent, "Lee")
    square.read(hours=25)
    gained = dict(Day.objects.exclude(gained=0).order_by("on").values_list("on", "gained"))
    assert list(gained.values()) == [3, 1]


def test_the_account_is_read_once_a_day(square):
    read_all()
    day = Day.objects.get(channel=square.channel)
    assert day.followers == 0
    assert day.followers_at is not None
    square.network.as_stranger("Pat", f"/c/{square.handle}/follow")
    square.read(hours=23)
    assert Day.objects.filter(channel=square.channel, followers=1).count() == 0
    square.read(hours=25)
    assert Day.objects.get(channel=square.channel, followers=1).on > day.on


def test_a_post_that_is_gone_is_asked_for_twice_and_keeps_its_numbers(square):
    sent = square.publish()
    square.follow()
    square.like(sent, "Pat")
    square.read(minutes=16)
    opened = square.network.channel(square.handle)
    square.network.http.delete(f"/api/posts/{sent.receipt.remote_id}", headers=opened.headers)
    square.read(minutes=61)
    assert (result_of(sent).misses, result_of(sent).next_at is None) == (1, False)
    square.read(hours=7)
    assert (result_of(sent).next_at, result_of(sent).likes) == (None, 1)


def test_what_we_took_down_ourselves_is_read_no_more(square):
    sent = square.publish()
    square.follow()
    stop_following(sent.pk)
    square.read(minutes=16)
    assert result_of(sent).read_at is None


def test_many_posts_are_read_in_few_calls(square):
    for number in range(40):
        square.publish(f"Number {number}", ago=timedelta(hours=2))
    square.follow()
    square.network.settings(rate_limit=40 + 10)  # publishing used 40 of them
    read_all()
    square.network.settings(rate_limit=1_000_000)
    assert Result.objects.filter(likes=0).count() == 40


def test_a_rate_limit_lets_the_channel_rest_and_the_posts_stay_due(square):
    sent = square.publish(ago=timedelta(hours=2))
    square.follow()
    square.network.faults({"effect": "rate_limit", "rate": 1.0, "on": "read", "seconds": 120})
    read_all()
    turn = Turn.objects.get(channel=square.channel)
    assert turn.rests_until_at > clock.now() + timedelta(seconds=60)
    square.network.end_faults()
    read_all()
    assert result_of(sent).read_at is None
    square.read(minutes=20)
    assert result_of(sent).likes == 0


def test_the_wait_that_publishing_was_told_is_honoured(square):
    sent = square.publish(ago=timedelta(hours=2))
    square.follow()
    Channel.objects.filter(pk=square.channel.pk).update(not_before_at=clock.now() + timedelta(minutes=5))
    read_all()
    assert result_of(sent).read_at is None


def test_garbled_answers_of_one_channel_do_not_stop_another(square):
    broken = square.publish(ago=timedelta(hours=2))
    fine = square.house.channel("second")
    square.follow()
    read_all()
    assert result_of(broken).read_at is not None
    square.network.faults({"effect": "malformed", "rate": 1.0, "count": 1, "on": "read"})
    Turn.objects.all().update(account_at=clock.now())
    read_all()
    rests = set(Turn.objects.exclude(rests_until_at=None).values_list("channel_id", flat=True))
    assert len(rests) == 1
    assert rests < {square.channel.pk, fine.pk}


def test_a_sign_in_that_ended_marks_the_channel_and_nothing_is_lost(square):
    sent = square.publish(ago=timedelta(hours=2))
    square.follow()
    channel = Channel.objects.get(pk=square.channel.pk)
    channel.credentials = {
        key: ("unknown" if isinstance(value, str) and len(value) > 20 else value)
        for key, value in channel.credentials.items()
    }
    channel.save()
    read_all()
    channel.refresh_from_db()
    assert channel.health == Channel.Health.NEEDS_SIGN_IN
    assert result_of(sent).next_at is not None
    assert read_all() == 0


def test_a_post_that_was_found_late_is_read_at_once(square):
    sent = square.publish(ago=timedelta(days=20))
    assert follow_sent(square.clinic.organization) == 1
    read_all()
    found = result_of(sent)
    assert found.read_at is not None
    assert found.next_at == found.sent_at + timedelta(days=21)


def test_a_post_that_is_read_no_more_keeps_its_first_day_and_the_last_of_each_week(square):
    sent = square.publish()
    square.follow()
    for number, later in enumerate((0.02, 0.1, 1, 2, 3, 4, 9, 10, 80, 86.1)):
        square.like(sent, f"Stranger {number}")
        square.read(days=later)
    assert result_of(sent).next_at is None
    likes = Measurement.objects.filter(delivery=sent, metric__means="likes").order_by("at")
    assert list(likes.values_list("value", flat=True)) == [1, 2, 3, 6, 8, 9, 10]


def test_amid_a_burst_of_sending_numbers_are_read_later(square):
    sent = square.publish(ago=timedelta(hours=1))
    square.follow()
    leisure.pressed_by(lambda: True)
    try:
        read_all()
        assert result_of(sent).read_at is None
    finally:
        leisure.pressed_by()
    read_all()
    assert result_of(sent).read_at is not None
