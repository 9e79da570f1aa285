"""The organization itself: its public facts, its policies, its locations, its directory of clinicians."""

from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict, StrictBool

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.people.directory import save_clinician, save_location, save_organization
from bedside.people.gate import or_404
from bedside.people.models import Clinician, Location, Organization
from bedside.people.powers import Power

router = Router(tags=["organization"])

MOST_MINUTES = 10_080  # a week
Line = Annotated[str, Field(min_length=1, max_length=300)]
Lines = Annotated[list[Line], Field(max_length=100)]


class OrganizationOut(Schema):
    """What is publicly known about the organization, and its policies."""

    id: UUID
    name: str
    entity_type: str
    state: str
    time_zone: str
    language: str
    phones: list[str]
    emails: list[str]
    sites: list[str]
    handles: list[str]
    late_after_minutes: int
    lock_after_minutes: int
    requires_second_factor: bool
    allows_solo_clearance: bool
    allows_direct_answers: bool


class OrganizationChanges(Given):
    """What may be changed; absent fields stay as they are. The policies begin at `late_after_minutes`.

    Deliveries that would leave later than `late_after_minutes` are held; screens lock after `lock_after_minutes`. With
    `allows_solo_clearance` authors may clear alone, in person, what the guard finds nothing in; with
    `allows_direct_answers` moderators send such answers without a signature. A key can demand the second factor
    (`requires_second_factor`), and a person alone can do without it.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"phones": ["555 010 7788"], "late_after_minutes": 30}]}
    )

    name: str | None = Field(None, min_length=1, max_length=200)
    entity_type: str | None = Field(None, max_length=40)
    state: str | None = Field(None, max_length=2)
    time_zone: str | None = Field(None, max_length=60)
    phones: Lines | None = None
    emails: Lines | None = None
    sites: Lines | None = None
    handles: Lines | None = None
    late_after_minutes: int | None = Field(None, ge=1, le=MOST_MINUTES, strict=True)
    lock_after_minutes: int | None = Field(None, ge=1, le=MOST_MINUTES, strict=True)
    requires_second_factor: StrictBool | None = None
    allows_solo_clearance: StrictBool | None = None
    allows_direct_answers: StrictBool | None = None


class LocationIn(Given):
    """A place where patients are seen."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Main Street", "address": "12 Main Street", "phone": "555 010 7788"}]
        }
    )

    name: str = Field(min_length=1, max_length=200)
    address: str = Field("", max_length=300)
    phone: str = Field("", max_length=40)


class LocationOut(Schema):
    """A place with its id."""

    id: UUID
    name: str
    address: str
    phone: str


class ClinicianIn(Given):
    """An entry of the directory. Who left stays in it with `is_active` false, so that old posts read as before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"full_name": "Ana Ruiz", "credentials": "MD, FAAP", "specialty": "Pediatrics"}]
        }
    )

    full_name: str = Field(min_length=1, max_length=200)
    credentials: str = Field("", max_length=60)
    specialty: str = Field("", max_length=120)
    phone: str = Field("", max_length=40)
    booking_link: str = Field("", max_length=200, pattern=r"^(https?://\S+)?$")
    locations: list[UUID] = Field(default_factory=list, max_length=200)
    is_spokesperson: StrictBool = False
    is_active: StrictBool = True


class ClinicianOut(Schema):
    """An entry with its id."""

    id: UUID
    full_name: str
    credentials: str
    specialty: str
    phone: str
    booking_link: str
    locations: list[UUID]
    is_spokesperson: bool
    is_active: bool

    @staticmethod
    def resolve_locations(clinician: Any) -> list[UUID]:
        return [place.pk for place in clinician.locations.all()]


@router.get("/organization", response={200: OrganizationOut, **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_ORGANIZATION)
def organization(request: HttpRequest) -> Organization:
    """The organization that the key belongs to."""
    return member_of(request).organization


@router.patch("/organization", response={200: OrganizationOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change_organization(request: HttpRequest, changes: OrganizationChanges) -> Organization:
    """Change the organization's facts and policies; the record keeps what each was before."""
    by = member_of(request)
    said = {
        name: value for name, value in changes.model_dump(exclude_unset=True).items() if value is not None
    }
    return save_organization(by.organization, changes=said, by=by)


@router.get("/locations", response={200: list[LocationOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_ORGANIZATION)
def locations(request: HttpRequest) -> QuerySet[Location]:
    """The places where patients are seen."""
    return member_of(request).organization.locations.all()


@router.post("/locations", response={201: LocationOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def add_location(request: HttpRequest, location: LocationIn) -> Any:
    """Add a place."""
    by = member_of(request)
    return Status(201, save_location(by.organization, fields=location.model_dump(), by=by))


@router.put("/locations/{location_id}", response={200: LocationOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change_location(request: HttpRequest, location_id: UUID, location: LocationIn) -> Location:
    """Change a place."""
    by = member_of(request)
    found = or_404(Location.objects.all(), by, location_id)
    return save_location(by.organization, fields=location.model_dump(), by=by, location=found)


@router.get("/clinicians", response={200: list[ClinicianOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_ORGANIZATION)
def clinicians(request: HttpRequest) -> QuerySet[Clinician]:
    """The directory, those who left included. The guard knows these names as clinicians', not patients'."""
    return member_of(request).organization.clinicians.prefetch_related("locations")


@router.post("/clinicians", response={201: ClinicianOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def add_clinician(request: HttpRequest, clinician: ClinicianIn) -> Any:
    """Add somebody to the directory."""
    by = member_of(request)
    return Status(201, save_clinician(by.organization, fields=clinician.model_dump(), by=by))


@router.put("/clinicians/{clinician_id}", response={200: ClinicianOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change_clinician(request: HttpRequest, clinician_id: UUID, clinician: ClinicianIn) -> Clinician:
    """Change an entry of the directory as a whole; what is left out becomes what it is by default."""
    by = member_of(request)
    found = or_404(Clinician.objects.all(), by, clinician_id)
    return save_clinician(by.organization, fields=clinician.model_dump(), by=by, clinician=found)
