"""What was agreed reaches the queue, even when the process died before it could tell."""

from datetime import timedelta

from bedside.config.departures import FORGOTTEN, catch_up
from bedside.foundation import clock
from bedside.people.doers import THE_HOUSE
from bedside.planning.actions import plan_post
from bedside.publishing.actions import cancel_delivery
from bedside.publishing.models import Delivery


def test_a_post_whose_time_is_taken_away_waits_for_a_new_one(
    agreed, author, django_capture_on_commit_callbacks
):
    post = agreed()
    with django_capture_on_commit_callbacks(execute=True):
        plan_post(post, at=clock.now() + timedelta(hours=3), by=author)
    with django_capture_on_commit_callbacks(execute=True):
        plan_post(post, at=None, by=author)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason_code) == ("cancelled", "unplanned")
    assert "time was taken away" in delivery.reason
    with django_capture_on_commit_callbacks(execute=True):
        plan_post(post, at=clock.now() + timedelta(hours=4), by=author)
    assert Delivery.objects.filter(state="waiting").count() == 1


def test_a_forgotten_post_is_scheduled_and_a_cancelled_one_stays_cancelled(agreed, author):
    post = agreed()
    plan_post(post, at=clock.now() + timedelta(hours=3), by=author)
    assert not Delivery.objects.exists(), "the news was lost: nothing ran after the commit"
    with clock.at(clock.now() + FORGOTTEN + timedelta(minutes=1)):
        catch_up()
        delivery = Delivery.objects.get()
        assert delivery.state == "waiting"
        cancel_delivery(delivery, by=THE_HOUSE)
        catch_up()
    assert Delivery.objects.get().state == "cancelled"
