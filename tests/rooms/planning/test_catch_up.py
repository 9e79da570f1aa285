"""What was agreed reaches the queue, even when the process died before it could tell."""

from datetime import timedelta

from bedside.config.departures import FORGOTTEN, catch_up
from bedside.foundation import clock
from bedside.people.doers import THE_HOUSE
from bedside.planning.actions import plan_post
from bedside.publishing.actions import cancel_delivery
from bedside.publishing.models import Delivery


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
