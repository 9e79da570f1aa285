"""The addresses of this room."""

from django.urls import path

from bedside.people.views import entrance, members, organization

app_name = "people"

urlpatterns = [
    path("start", entrance.start, name="welcome"),
    path("start/organization", entrance.set_up, name="set_up"),
    path("demo", entrance.demo, name="demo"),
    path("demo/<str:role>", entrance.enter_demo, name="enter_demo"),
    path("join/<str:token>", entrance.join, name="join"),
    path("lock", entrance.lock, name="lock"),
    path("settings", organization.settings, name="settings"),
    path("settings/organization", organization.organization, name="organization"),
    path("settings/policies", organization.policies, name="policies"),
    path("settings/locations", organization.locations, name="locations"),
    path("settings/locations/new", organization.location, name="new_location"),
    path("settings/locations/<str:location_id>", organization.location, name="location"),
    path("settings/clinicians", organization.clinicians, name="clinicians"),
    path("settings/clinicians/new", organization.clinician, name="new_clinician"),
    path("settings/clinicians/<str:clinician_id>", organization.clinician, name="clinician"),
    path("settings/members", members.members, name="members"),
    path("settings/members/invite", members.send_invitation, name="invite"),
    path("settings/members/<str:member_id>", members.member, name="member"),
    path("settings/members/<str:member_id>/remove", members.remove, name="remove"),
    path(
        "settings/invitations/<str:invitation_id>/withdraw",
        members.take_back_invitation,
        name="withdraw_invitation",
    ),
    path("settings/roles", members.roles, name="roles"),
    path("settings/roles/new", members.role, name="new_role"),
    path("settings/roles/<str:role_id>", members.role, name="role"),
    path("account", members.account, name="profile"),
    path("account/key", members.key, name="new_key"),
    path("account/key/<str:token_id>/end", members.end_key, name="end_key"),
    path("account/switch/<uuid:organization_id>", members.switch, name="switch"),
    path("account/notices/<uuid:notice_id>", members.notice_read, name="notice_read"),
]
