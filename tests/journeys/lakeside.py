"""Who is at Lakeside Family Practice? Run as a program, this founds it in the desk whose environment it is given.

It stands on nothing but the actions that the product's own pages use. The first argument is the address of the
practice network; the channel's handle and the server's errands are Lakeside's own.
"""

import sys

import django

PASSWORD = "correct horse battery staple"
DOMAIN = "lakeside.example"
# Each member's first name is the address in front of the @.
MEMBERS = {
    "author": "Al Author",
    "second_author": "Ann Author",
    "brand_approver": "Bea Brand",
    "clinical_approver": "Cho Clinical",
    "privacy_officer": "Pat Privacy",
    "moderator": "Mo Moderator",
}


def email_of(who: str) -> str:
    """The address with which a member signs in; "administrator" is Jo."""
    name = MEMBERS.get(who, "Jo Marsh")
    return f"{name.split()[0].lower()}@{DOMAIN}"


def found(practice_url: str) -> None:
    """The practice, its clinician, a member in every role a story needs, and one channel."""
    from bedside.people.actions import found_organization, make_user
    from bedside.people.directory import save_clinician, save_organization

    user = make_user(email=email_of("administrator"), name="Jo Marsh", password=PASSWORD)
    jo = found_organization(name="Lakeside Family Practice", time_zone="America/Chicago", user=user)
    save_organization(jo.organization, changes={"requires_second_factor": False}, by=jo)
    clinician = {"full_name": "Ana Lee", "credentials": "MD", "specialty": "Family medicine"}
    save_clinician(jo.organization, fields=clinician, by=jo)
    for who in MEMBERS:
        welcome(who, jo)
    connect(practice_url, jo)


def welcome(who: str, jo: object) -> None:
    """Invite somebody, who joins."""
    from bedside.people.actions import accept_invitation, invite, make_user

    key = who.removeprefix("second_")
    role = jo.organization.roles.get(key=key)
    invitation, _token = invite(jo.organization, email=email_of(who), role=role, by=jo)
    user = make_user(email=email_of(who), name=MEMBERS[who], password=PASSWORD)
    accept_invitation(invitation, user=user)


def connect(practice_url: str, jo: object) -> None:
    """Connect a channel of the practice network by its token."""
    import httpx

    from bedside.networks.connecting import Errand, sign_in

    body = {"handle": "lakeside", "name": "Lakeside"}
    given = httpx.post(f"{practice_url}/_control/channels", json=body, timeout=30).json()
    answers = {
        "access_token": given["access_token"],
        "refresh_token": given.get("refresh_token", ""),
        "server": practice_url,
    }
    sign_in(Errand("practice", "token"), answers, by=jo)


if __name__ == "__main__":
    django.setup()
    found(sys.argv[1])
