"""Where Django looks for tables; each lives in the room that its name says."""

from craftpath.kernel.access import Membership
from craftpath.kernel.alerts import Alert
from craftpath.kernel.audit import AuditEntry, ToldThrough
from craftpath.kernel.calendars import CalendarAddress
from craftpath.kernel.client_budget import ClientBudget
from craftpath.kernel.clients import Client
from craftpath.kernel.consents import ConsentEvent
from craftpath.kernel.digests import Digest, DigestRound
from craftpath.kernel.directory.tables import (
    DirectoryEntry,
    DirectoryGroup,
    DirectoryMember,
    DirectoryRole,
)
from craftpath.kernel.files import KeptFile
from craftpath.kernel.hooks import Hook, HookDelivery
from craftpath.kernel.invitations import Invitation
from craftpath.kernel.layouts import Layout
from craftpath.kernel.leases import Lease
from craftpath.kernel.links import SignedLink
from craftpath.kernel.notices import Notice, NoticeRead
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.points.tables import (
    CarriedName,
    CarriedRow,
    Clash,
    Exchange,
    HeldRow,
    Point,
    PointRow,
    Site,
)
from craftpath.kernel.printruns import PrintRun
from craftpath.kernel.receipts import Receipt
from craftpath.kernel.search.entries import SearchEntry, SearchPlace
from craftpath.kernel.sheets import SheetImport, SheetMemory
from craftpath.kernel.sheetwork import SheetWork
from craftpath.kernel.sign_ons import SignOnGroup, SignOnLink, SignOnProvider, SignOnRole
from craftpath.kernel.signing import Document, Signature, SigningParty
from craftpath.kernel.topics import Mute
from craftpath.kernel.twins.tables import Merge, MergedRow, Twins
from craftpath.kernel.workdays import CalendarYear

__all__ = [
    "Alert",
    "AuditEntry",
    "CalendarAddress",
    "CalendarYear",
    "CarriedName",
    "CarriedRow",
    "Clash",
    "Client",
    "ClientBudget",
    "Document",
    "ConsentEvent",
    "Digest",
    "DigestRound",
    "DirectoryEntry",
    "DirectoryGroup",
    "DirectoryMember",
    "DirectoryRole",
    "Exchange",
    "HeldRow",
    "Hook",
    "HookDelivery",
    "Invitation",
    "KeptFile",
    "Layout",
    "Lease",
    "Membership",
    "Merge",
    "MergedRow",
    "Mute",
    "Notice",
    "NoticeRead",
    "Organisation",
    "Person",
    "Point",
    "PointRow",
    "PrintRun",
    "Receipt",
    "SearchEntry",
    "SearchPlace",
    "SheetImport",
    "SheetMemory",
    "SheetWork",
    "Signature",
    "SignOnGroup",
    "SignOnLink",
    "SignOnProvider",
    "SignOnRole",
    "SignedLink",
    "SigningParty",
    "Site",
    "ToldThrough",
    "Twins",
]
