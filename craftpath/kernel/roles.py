"""Nine roles as data, with stable codes, and what each may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in an organisation; one person may be several."""

    APPRENTICE = "apprentice"
    MENTOR = "mentor"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    HR = "hr"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a role may do; rules ask for these, never for a role."""

    SEE_RESULTS = "see_results"  # of the persons in one's scope
    SEE_FIGURES = "see_figures"  # of cohorts, without persons
    SEE_HISTORY = "see_history"
    IMPORT_ROSTER = "import_roster"
    IMPORT_MARKS = "import_marks"
    EDIT_SCHEMES = "edit_schemes"
    MANAGE_COHORTS = "manage_cohorts"
    FORM_PAIRS = "form_pairs"  # who teaches whom: of the organisation's apprentices and staff
    APPRAISE_TRAINERS = "appraise_trainers"  # rounds of appraisals, what counts in them, contests
    PLAN_TRAINING = "plan_training"  # units, departments and rotation of cohorts
    MANAGE_PEOPLE = "manage_people"
    MERGE_PEOPLE = "merge_people"  # decide on records that look like one person, merge them and undo it
    DECIDE_RESULTS = "decide_results"
    ANSWER_CONTESTS = "answer_contests"
    KEEP_LOG = "keep_log"  # the own one
    CONFIRM_LOGS = "confirm_logs"  # of those to whom one is mentor or trainer
    SEE_AGREEMENTS = "see_agreements"  # of the organisation's apprentices, with what they are paid
    MANAGE_AGREEMENTS = "manage_agreements"  # write them, sign for the organisation, change and end them
    HOLD_SESSIONS = "hold_sessions"  # plan what is taught, call the roll
    REPORT_INCIDENTS = "report_incidents"  # of the apprentices whom one sees
    COMPLAIN = "complain"  # as the apprentice or mentor that one is
    HANDLE_CARE = "handle_care"  # look after incidents, and after complaints that came to oneself
    WRITE_ITEMS = "write_items"  # see and fill the bank of items for exams
    SEE_ALLOWANCES = "see_allowances"  # what trainers are paid; with names only beside SEE_RESULTS
    RUN_ALLOWANCES = "run_allowances"  # write their rules, compute and check a month, pay it
    APPROVE_ALLOWANCES = "approve_allowances"  # a month that somebody else computed and checked
    FILE_SUBSIDIES = "file_subsidies"  # register, plan and claim for the organisation's apprentices
    DECIDE_SUBSIDIES = "decide_subsidies"  # of enterprises: register, advance, settle, let it be audited
    EDIT_FRAMEWORKS = "edit_frameworks"  # lists of skills, crosswalks between them, charts of occupations
    RUN_SURVEYS = "run_surveys"  # write, send, close and analyse them; nobody sees who answered what
    DESIGN_CURRICULA = "design_curricula"  # draft, edit, compare, and put before those who review
    APPROVE_CURRICULA = "approve_curricula"  # of somebody else, once those asked have reviewed
    RUN_PILOTS = "run_pilots"  # rounds of the six steps, country cases
    TELL_STORIES = "tell_stories"  # as whoever teaches
    CHECK_STORIES = (
        "check_stories"  # look at masters' stories before they are shown, and after reported comments
    )
    WRITE_COURSES = "write_courses"  # on line: publish them, let others follow, look at what is handed in
    ASK_QUESTIONS = "ask_questions"  # ask and answer, of those whom one learns or works with
    HOST_FORUMS = "host_forums"  # open them, say when they meet, confirm who was there
    TEND_TALK = "tend_talk"  # see to it that somebody answers; hide what hurts, for a reason
    KEEP_TOOLS = "keep_tools"  # register LTI tools and platforms, and their keys
    KEEP_RESOURCES = "keep_resources"  # drop files into the library, share and review them
    TEND_RESOURCES = "tend_resources"  # recommend, merge doubles, read other catalogues
    KEEP_PACKAGES = "keep_packages"  # take packages of courses in, try and retire them
    STUDY_TOGETHER = "study_together"  # in study groups; who may hold sessions looks after them
    KEEP_POINTS = "keep_points"  # set village points up, and revoke them
    EXCHANGE_BUNDLES = "exchange_bundles"  # with a point, and settle what was written on both sides
    SEE_SHARED = "see_shared"  # rules of sharing, who looked, and what partners share with the organisation
    SHARE_DATA = "share_data"  # write rules of sharing, answer and revoke them
    RUN_PARTNERSHIPS = "run_partnerships"  # write and sign cooperations, give, confirm, name committees
    BOOK_THINGS = "book_things"  # equipment, rooms and people of the own house and of partners who share them
    LEND_THINGS = "lend_things"  # say what can be booked by which rules, answer, tell what was used
    SEE_VENTURES = (
        "see_ventures"  # joint units, teams, projects and products; write in those of which one is in charge
    )
    RUN_VENTURES = "run_ventures"  # plan, start, finish and stop them
    USE_DESK = "use_desk"  # ask for training, offer places and means, answer what others ask
    ACCREDIT_PLACES = "accredit_places"  # keep the register of enterprises and their training places
    MAKE_BULLETINS = (
        "make_bulletins"  # write them, ask those who are quoted, publish what somebody else handed in
    )
    RUN_WORKSHOPS = "run_workshops"  # plan them, register others, check in, moderate, certify, report
    KEEP_PLACES = "keep_places"  # where one trains: address, seats, travel, what the public page says
    ISSUE_DIRECTIVES = "issue_directives"  # notices, plans and quotas for organisations below
    SEE_CREDITS = "see_credits"  # accounts, requests and tables of the organisation
    CHECK_CREDITS = "check_credits"  # hold requests for credits against the table
    DECIDE_CREDITS = "decide_credits"  # accept, refuse, post, reverse; keep tables and diplomas
    VERIFY_CLAIMS = "verify_claims"  # certificates of elsewhere that others claim
    SEE_CERTIFICATES = (
        "see_certificates"  # that the organisation issued, and of those who learn or teach there
    )
    ISSUE_CERTIFICATES = "issue_certificates"  # draw up kinds, issue, revoke and replace, begin a new key
    PUBLISH_FIGURES = "publish_figures"  # show indicators to everybody, say in which county a place lies
    HAND_FIGURES_OVER = "hand_figures_over"  # of a city to a lake, as pseudonyms; take roll-ups in
    SEE_SIGNS = "see_signs"  # who may need a word, and why: of the college, or of those whom one teaches
    RUN_SUPPORT = "run_support"  # answer what apprentices say of it, switch a model on or off
    ANSWER_REQUESTS = "answer_requests"  # of people about their own data; lock and erase
    RUN_ORGANISATION = "run_organisation"  # who administers it, and what its staff must do to sign in


_P = Permission
# What one does as the apprentice or mentor that one is: nobody does it by an office.
BY_RELATION = frozenset({_P.KEEP_LOG, _P.CONFIRM_LOGS, _P.COMPLAIN})
# What is between an apprentice and those who teach: whoever administers gives the roles for it and reads none of it.
BETWEEN_THEM = frozenset({_P.SEE_SIGNS, _P.RUN_SUPPORT})
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.APPRENTICE: frozenset(
        {
            _P.SEE_RESULTS,
            _P.KEEP_LOG,
            _P.REPORT_INCIDENTS,
            _P.COMPLAIN,
            _P.ASK_QUESTIONS,
            _P.STUDY_TOGETHER,
        }
    ),
    Role.MENTOR: frozenset(
        {
            _P.SEE_RESULTS,
            _P.CONFIRM_LOGS,
            _P.REPORT_INCIDENTS,
            _P.COMPLAIN,
            _P.ASK_QUESTIONS,
            _P.TELL_STORIES,
            _P.BOOK_THINGS,
            _P.SEE_VENTURES,
            _P.KEEP_RESOURCES,
            _P.SEE_SIGNS,
        }
    ),
    Role.TRAINER: frozenset(
        {
            _P.SEE_RESULTS,
            _P.SEE_FIGURES,
            _P.IMPORT_MARKS,
            _P.HOLD_SESSIONS,
            _P.CONFIRM_LOGS,
            _P.REPORT_INCIDENTS,
            _P.WRITE_ITEMS,
            _P.DESIGN_CURRICULA,
            _P.TELL_STORIES,
            _P.ASK_QUESTIONS,
            _P.KEEP_PACKAGES,
            _P.KEEP_RESOURCES,
            _P.WRITE_COURSES,
            _P.STUDY_TOGETHER,
            _P.HOST_FORUMS,
            _P.EXCHANGE_BUNDLES,
            _P.BOOK_THINGS,
            _P.SEE_VENTURES,
            _P.SEE_CREDITS,
            _P.CHECK_CREDITS,
            _P.SEE_SIGNS,
        }
    ),
    Role.COORDINATOR: (
        frozenset(Permission) - BY_RELATION - {_P.RUN_ORGANISATION, _P.HAND_FIGURES_OVER, _P.ANSWER_REQUESTS}
    ),
    Role.HR: frozenset(
        {
            _P.SEE_RESULTS,
            _P.SEE_FIGURES,
            _P.SEE_AGREEMENTS,
            _P.MANAGE_AGREEMENTS,
            _P.RUN_PARTNERSHIPS,
            _P.FORM_PAIRS,
            _P.APPRAISE_TRAINERS,
            _P.REPORT_INCIDENTS,
            _P.HANDLE_CARE,
            _P.SEE_ALLOWANCES,
            _P.RUN_ALLOWANCES,
            _P.APPROVE_ALLOWANCES,
            _P.FILE_SUBSIDIES,
            _P.RUN_SURVEYS,
            _P.APPROVE_CURRICULA,
            _P.RUN_PILOTS,
            _P.RUN_WORKSHOPS,
            _P.MAKE_BULLETINS,
            _P.TELL_STORIES,
            _P.CHECK_STORIES,
            _P.SEE_SHARED,
            _P.SHARE_DATA,
            _P.BOOK_THINGS,
            _P.LEND_THINGS,
            _P.SEE_VENTURES,
            _P.RUN_VENTURES,
            _P.USE_DESK,
            _P.KEEP_PLACES,
            _P.ISSUE_DIRECTIVES,
            _P.SEE_CERTIFICATES,
            _P.ISSUE_CERTIFICATES,
        }
    ),
    Role.OFFICER: frozenset(
        {
            _P.SEE_FIGURES,
            _P.HANDLE_CARE,
            _P.SEE_ALLOWANCES,
            _P.DECIDE_SUBSIDIES,
            _P.EDIT_FRAMEWORKS,
            _P.RUN_SURVEYS,
            _P.RUN_PILOTS,
            _P.SEE_SHARED,
            _P.SHARE_DATA,
            _P.RUN_PARTNERSHIPS,
            _P.SEE_VENTURES,
            _P.USE_DESK,
            _P.ACCREDIT_PLACES,
            _P.RUN_WORKSHOPS,
            _P.MAKE_BULLETINS,
            _P.KEEP_PLACES,
            _P.ISSUE_DIRECTIVES,
            _P.SEE_CREDITS,
            _P.VERIFY_CLAIMS,
            _P.SEE_CERTIFICATES,
            _P.ISSUE_CERTIFICATES,
            _P.PUBLISH_FIGURES,
            _P.HAND_FIGURES_OVER,
        }
    ),
    Role.ASSESSOR: frozenset({_P.SEE_RESULTS, _P.ANSWER_CONTESTS, _P.WRITE_ITEMS}),
    Role.AUDITOR: frozenset(
        {
            _P.SEE_RESULTS,
            _P.SEE_FIGURES,
            _P.SEE_HISTORY,
            _P.SEE_AGREEMENTS,
            _P.SEE_ALLOWANCES,
            _P.SEE_SHARED,
            _P.SEE_VENTURES,
            _P.SEE_CREDITS,
            _P.SEE_CERTIFICATES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(Permission) - BY_RELATION - BETWEEN_THEM,
}

# Roles that see all rows of their organisation and below; the others see what they are party to.
ORGANISATION_WIDE = frozenset(
    {Role.TRAINER, Role.COORDINATOR, Role.HR, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}
)

# Roles that are party to nobody: they see rows of their own only.
OWN_ROWS_ONLY = frozenset({Role.APPRENTICE})

# Permissions that an organisation is never left without: somebody holds them there, with no end in sight.
NEVER_VACANT = frozenset({Permission.MANAGE_PEOPLE, Permission.RUN_ORGANISATION})

# Roles whose holders look after the records of many; an organisation may ask them for a second factor.
STAFF = ORGANISATION_WIDE | {Role.ASSESSOR}


def of_office(role: Role) -> frozenset[Permission]:
    """What a role allows by itself: without what needs an apprentice to whom one is party, or who is taught."""
    return ALLOWED[role] - BY_RELATION - BETWEEN_THEM


def allowed(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(ALLOWED[role] for role in roles))
