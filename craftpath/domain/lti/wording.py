"""The words of LTI 1.3 and its services as they stand in messages."""

from __future__ import annotations

VERSION = "1.3.0"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP = "https://purl.imsglobal.org/spec/lti-dl/claim/"
MESSAGE_TYPE = f"{LTI}message_type"
LTI_VERSION = f"{LTI}version"
DEPLOYMENT = f"{LTI}deployment_id"
TARGET = f"{LTI}target_link_uri"
RESOURCE = f"{LTI}resource_link"
ROLES = f"{LTI}roles"
CONTEXT = f"{LTI}context"
PRESENTATION = f"{LTI}launch_presentation"
PLATFORM = f"{LTI}tool_platform"
CUSTOM = f"{LTI}custom"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
SETTINGS = f"{DEEP}deep_linking_settings"
ITEMS = f"{DEEP}content_items"
DATA = f"{DEEP}data"

LAUNCH, CHOOSE, CHOSEN = "LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiDeepLinkingResponse"

_AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
ITEM, ITEM_READ = f"{_AGS}lineitem", f"{_AGS}lineitem.readonly"
RESULT_READ, SCORE = f"{_AGS}result.readonly", f"{_AGS}score"
MEMBERS_READ = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
SCOPES = {"grades": (ITEM, ITEM_READ, RESULT_READ, SCORE), "members": (MEMBERS_READ,)}

ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
RESULT_TYPE = "application/vnd.ims.lis.v2.result+json"
RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
MEMBERS_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
ROLE_LEARNER, ROLE_INSTRUCTOR = f"{_MEMBER}Learner", f"{_MEMBER}Instructor"
ROLE_MENTOR, ROLE_ADMINISTRATOR = f"{_MEMBER}Mentor", f"{_INSTITUTION}Administrator"
TEACHING = ("Instructor", "Administrator", "ContentDeveloper", "TeachingAssistant")
"""Ends of roles that let somebody choose what a link on a platform opens."""


def teaches(roles: object) -> bool:
    """Whether one of these roles of a message is that of somebody who teaches."""
    return isinstance(roles, list) and any(str(role).rsplit("#", 1)[-1] in TEACHING for role in roles)
