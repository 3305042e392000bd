"""Words that many pages use: names of roles and kinds of organisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from craftpath.kernel.roles import Permission, Role

ROLE_NAMES = {
    Role.APPRENTICE: _("Apprentice"),
    Role.MENTOR: _("Mentor"),
    Role.TRAINER: _("Trainer"),
    Role.COORDINATOR: _("Coordinator"),
    Role.HR: _("HR officer"),
    Role.OFFICER: _("City officer"),
    Role.ASSESSOR: _("Assessor"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

KIND_NAMES = {
    "ministry": _("Ministry"),
    "city": _("City"),
    "enterprise": _("Enterprise"),
    "college": _("College"),
    "institute": _("Institute of continuing education"),
    "centre": _("Training centre"),
    "campus": _("Campus"),
    "point": _("Learning point"),
    "site": _("Site"),
}

PERMISSION_NAMES = {
    Permission.SEE_RESULTS: _("see results"),
    Permission.SEE_FIGURES: _("see figures"),
    Permission.SEE_HISTORY: _("see history"),
    Permission.IMPORT_ROSTER: _("import a roster"),
    Permission.IMPORT_MARKS: _("import marks"),
    Permission.EDIT_SCHEMES: _("edit schemes"),
    Permission.MANAGE_COHORTS: _("manage cohorts"),
    Permission.FORM_PAIRS: _("pair masters and apprentices"),
    Permission.PLAN_TRAINING: _("plan training"),
    Permission.MANAGE_PEOPLE: _("manage people"),
    Permission.DECIDE_RESULTS: _("decide results"),
    Permission.ANSWER_CONTESTS: _("answer contests"),
    Permission.KEEP_LOG: _("keep the own log"),
    Permission.CONFIRM_LOGS: _("confirm logs of own apprentices"),
    Permission.SEE_AGREEMENTS: _("see agreements"),
    Permission.MANAGE_AGREEMENTS: _("look after agreements"),
    Permission.HOLD_SESSIONS: _("hold sessions"),
    Permission.REPORT_INCIDENTS: _("report incidents"),
    Permission.COMPLAIN: _("make a complaint"),
    Permission.HANDLE_CARE: _("look after incidents and complaints"),
    Permission.FILE_SUBSIDIES: _("file subsidies"),
    Permission.DECIDE_SUBSIDIES: _("decide on subsidies"),
    Permission.WRITE_ITEMS: _("write items for exams"),
    Permission.APPRAISE_TRAINERS: _("appraise trainers"),
    Permission.SEE_ALLOWANCES: _("see allowances of trainers"),
    Permission.RUN_ALLOWANCES: _("compute allowances and write their rules"),
    Permission.APPROVE_ALLOWANCES: _("approve allowances that others computed"),
    Permission.EDIT_FRAMEWORKS: _("edit skill frameworks and occupations"),
    Permission.RUN_SURVEYS: _("run surveys"),
    Permission.DESIGN_CURRICULA: _("design curricula"),
    Permission.APPROVE_CURRICULA: _("approve curricula that others designed"),
    Permission.RUN_PILOTS: _("run pilots"),
    Permission.TELL_STORIES: _("tell stories"),
    Permission.CHECK_STORIES: _("look at stories and comments"),
    Permission.WRITE_COURSES: _("write courses and let others follow them"),
    Permission.ASK_QUESTIONS: _("ask and answer questions"),
    Permission.HOST_FORUMS: _("open forums and reading lists, and lead them"),
    Permission.TEND_TALK: _("see to questions and what is hidden"),
    Permission.KEEP_RESOURCES: _("bring files into the library"),
    Permission.TEND_RESOURCES: _("look after the library"),
    Permission.KEEP_PACKAGES: _("take in packages of courses"),
    Permission.STUDY_TOGETHER: _("form study groups and take part"),
    Permission.SEE_SHARED: _("see rules of sharing and what partners share"),
    Permission.SHARE_DATA: _("write, answer and revoke rules of sharing"),
    Permission.USE_DESK: _("ask the service desk, offer there and answer"),
    Permission.ACCREDIT_PLACES: _("register enterprises and accredit their training places"),
    Permission.KEEP_PLACES: _("look after places, their seats and their pages"),
    Permission.ISSUE_DIRECTIVES: _("publish notices, plans and quotas"),
    Permission.RUN_ORGANISATION: _("run the organisation"),
}
