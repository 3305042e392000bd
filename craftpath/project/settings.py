"""Every setting in one file. Each environment variable is read here once and listed in docs/reference/settings.md."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from craftpath.project import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
VAR = Path(env.word("CRAFTPATH_VAR", str(ROOT / "var")))

# ---- What kind of site -------------------------------------------------------------------------
DEMO = env.flag("CRAFTPATH_DEMO")
DEBUG = env.flag("CRAFTPATH_DEBUG")
SECRET_KEY = env.kept_secret("CRAFTPATH_SECRET_KEY", VAR / "secret-key")
ALLOWED_HOSTS = env.words("CRAFTPATH_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CRAFTPATH_ORIGINS")
HTTPS = env.flag("CRAFTPATH_HTTPS")
# Where the site lives for good; it stands in statements and papers, which outlive a machine.
ADDRESS = env.word("CRAFTPATH_ADDRESS", "https://craftpath.invalid").rstrip("/")
# Where packages of courses are served and played: another origin than the site's, or `:port` for its host.
CONTENT_ADDRESS = env.word("CRAFTPATH_CONTENT_ADDRESS").rstrip("/")

# ---- Apps --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
    "treebeard",
    "craftpath.kernel",
    "craftpath.domain.activity",
    "craftpath.domain.standards",
    "craftpath.domain.committees",
    "craftpath.domain.packages",
    "craftpath.domain.outside",
    "craftpath.domain.lti",
    "craftpath.domain.resources",
    "craftpath.domain.occupations",
    "craftpath.domain.surveys",
    "craftpath.domain.needs",
    "craftpath.domain.partnership",
    "craftpath.domain.sharing",
    "craftpath.domain.bookings",
    "craftpath.domain.ventures",
    "craftpath.domain.accreditation",
    "craftpath.domain.offers",
    "craftpath.domain.programmes",
    "craftpath.domain.places",
    "craftpath.domain.directives",
    "craftpath.domain.curricula",
    "craftpath.domain.apprenticeships",
    "craftpath.domain.exams",
    "craftpath.domain.pairing",
    "craftpath.domain.matching",
    "craftpath.domain.mentoring",
    "craftpath.domain.appraisals",
    "craftpath.domain.agreements",
    "craftpath.domain.care",
    "craftpath.domain.training",
    "craftpath.domain.learning",
    "craftpath.domain.teaching",
    "craftpath.domain.logbook",
    "craftpath.domain.participation",
    "craftpath.domain.questions",
    "craftpath.domain.forums",
    "craftpath.domain.reading",
    "craftpath.domain.groups",
    "craftpath.domain.reviews",
    "craftpath.domain.judging",
    "craftpath.domain.progression",
    "craftpath.domain.subsidies",
    "craftpath.domain.evaluation",
    "craftpath.domain.allowances",
    "craftpath.domain.growth",
    "craftpath.domain.study",
    "craftpath.domain.certificates",
    "craftpath.domain.claims",
    "craftpath.domain.credits",
    "craftpath.domain.stories",
    "craftpath.domain.studio",
    "craftpath.domain.pilots",
    "craftpath.domain.workshops",
    "craftpath.domain.bulletins",
    "craftpath.domain.protection",
    "craftpath.domain.courses",
    "craftpath.domain.support",
    "craftpath.domain.passport",
    "craftpath.domain.insight",
    "craftpath.domain.counts",
    "craftpath.delivery.web.components",
    "craftpath.delivery.web.shell",
    "craftpath.delivery.jobs",
    "craftpath.delivery.commands",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "craftpath.delivery.web.verify.door.without_account",
    "craftpath.delivery.exchange.programs.programs",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "craftpath.delivery.web.shell.middleware.clock",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "craftpath.delivery.web.shell.middleware.preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "craftpath.delivery.web.light.watching.light_guests",
    "craftpath.delivery.web.shell.visits.last_visit",
    "craftpath.delivery.web.shell.middleware.first_password",
    "craftpath.delivery.web.shell.middleware.organisation_scope",
    "craftpath.delivery.web.accounts.asking.second_factor",
    "craftpath.delivery.web.shell.middleware.reads_only_read",
    "craftpath.delivery.web.shell.near.NearReads",
    "craftpath.delivery.web.shell.refusals.Refusals",
]
# Programs with a token turn off at `programs`, and this is the rest of their way.
PROGRAM_MIDDLEWARE = [
    "craftpath.delivery.web.shell.middleware.clock",
    "craftpath.delivery.exchange.programs.spoken",
    "craftpath.delivery.web.shell.middleware.reads_only_read",
]

ROOT_URLCONF = "craftpath.project.urls"
WSGI_APPLICATION = "craftpath.project.wsgi.application"

_LOADERS: list[str] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The HTML lies beside the views: delivery/web/<noun>/<page>.html
        "DIRS": [PACKAGE / "delivery" / "web"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "craftpath.delivery.web.shell.context.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "craftpath.delivery.web.components.templatetags.components",
                "craftpath.delivery.web.shell.templatetags.say",
            ],
        },
    }
]

# ---- Data --------------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.word("CRAFTPATH_DATABASE_URL"), VAR)}
# Copies of the database that pages are read from, and how many seconds they may be behind.
REPLICAS = env.replicas(env.words("CRAFTPATH_REPLICA_URLS"), DATABASES["default"])
REPLICA_LAG = env.number("CRAFTPATH_REPLICA_LAG", 5)
DATABASES |= REPLICAS
DATABASE_ROUTERS = ["craftpath.kernel.replicas.Router"] if REPLICAS else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"  # never served as such: a view checks who asks
CACHES = {
    # Sign-in limits count in this cache, so it is shared by all processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": [],
    }
}
# Requests that a token may send in a minute.
API_A_MINUTE = env.number("CRAFTPATH_API_A_MINUTE", 600)
# Seconds without a sign of life after which somebody else takes over what a worker was doing.
LEASE = env.number("CRAFTPATH_LEASE", 60)

# ---- People and sign-in ------------------------------------------------------------------------
AUTH_USER_MODEL = "kernel.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["craftpath.kernel.passwords.MeasuredArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desks:mine"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "craftpath.delivery.web.accounts.adapter.LocalAccounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None  # the box on the sign-in page decides
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
    "invitation": "30/m/ip",
    "link": "30/m/ip",
    "exam": "60/m/ip",  # wrong codes only: a whole hall enters behind one address
    "oidc": "30/m/ip",
    "sign_on": "240/m/ip",  # there and back are two each, and a whole college comes in behind one address
    "place": "240/m/ip",  # public pages of organisations
    "bulletin": "240/m/ip",  # public bulletins with their pictures and papers
    "story": "240/m/ip",  # pages, pictures and parts of recordings of the public wall
    "survey": "60/m/ip",  # answers by an open link: a class sends behind one address
    "exchange": "30/m/ip",  # bundles of points that knock over the network
    "register": "20/h/ip",  # enterprises that begin to register
    "workshop": "60/m/ip",  # registrations without an account, and certificates that are looked up
    "workshop_code": "600/m/ip",  # codes of registrations: a whole hall comes in behind one address
    "certificate": "20/m/ip",  # numbers and names of certificates that are tried
    "record": "60/m/ip",  # records that are opened by a link
    "bring": "20/m/user",  # records of elsewhere: each may take seconds to check
    "catalogue": "120/m/ip",  # other catalogues read this one part by part
    "developer": "120/m/ip",  # what programmers read
    "lti": "600/m/ip",  # a school comes from one address, all at eight o'clock
    "token": "30/m/ip",  # wrong ones only
    "find": "120/m/user",  # it is asked while somebody types
}
ACCOUNT_FORMS = {
    "login": "craftpath.delivery.web.accounts.forms.SignIn",
    "change_password": "craftpath.delivery.web.accounts.forms.NewPassword",
}
MFA_ADAPTER = "craftpath.delivery.web.accounts.factors.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Craftpath"
MFA_TOTP_TOLERANCE = 1  # a telephone whose clock is half a minute off
MFA_FORMS = {
    "authenticate": "craftpath.delivery.web.accounts.factors.Code",
    "reauthenticate": "craftpath.delivery.web.accounts.factors.CodeAgain",
    "activate_totp": "craftpath.delivery.web.accounts.factors.FirstCode",
    "login_webauthn": "craftpath.delivery.web.accounts.factors.PasskeyAtDoor",
    "authenticate_webauthn": "craftpath.delivery.web.accounts.factors.PasskeyAsked",
    "reauthenticate_webauthn": "craftpath.delivery.web.accounts.factors.PasskeyAgain",
    "add_webauthn": "craftpath.delivery.web.accounts.factors.NewPasskey",
    "edit_webauthn": "craftpath.delivery.web.accounts.factors.PasskeyName",
}
# Sign-on with the college's own provider: off unless a server is named.
SOCIALACCOUNT_PROVIDERS = env.openid(
    env.word("CRAFTPATH_OIDC_SERVER"),
    env.word("CRAFTPATH_OIDC_CLIENT_ID"),
    env.word("CRAFTPATH_OIDC_SECRET"),
    env.word("CRAFTPATH_OIDC_NAME"),
)
OIDC_CLAIM = env.word("CRAFTPATH_OIDC_CLAIM")
SOCIALACCOUNT_ADAPTER = "craftpath.delivery.web.accounts.sign_on.SignOn"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("CRAFTPATH_PROXIES", 0)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = (
    True  # pages carry the token; no script, and no package on a port beside, reads the cookie
)

# ---- Languages and time ------------------------------------------------------------------------
LANGUAGE_CODE = env.word("CRAFTPATH_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "project" / "locale"]
FORMAT_MODULE_PATH = ["craftpath.project.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.word("CRAFTPATH_TIME_ZONE", "Asia/Shanghai")

# ---- Static files ------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    PACKAGE / "delivery" / "web" / "assets",
    ("vendor", ROOT / "vendor" / "static"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# ---- Safety ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "account.W001",  # sign-up is closed by the adapter, so its field list plays no part
]
# The whole Chinese font with which papers are printed, perhaps with #face; empty takes what Debian installs.
FONT = env.word("CRAFTPATH_FONT")
# An upload above this is refused before it is read (bytes).
UPLOAD_LIMIT = 20 * 1024 * 1024
# The most that one request to the learning record store may bring (megabytes).
XAPI_LIMIT = env.number("CRAFTPATH_XAPI_LIMIT", 100)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ---- Mail and logs -----------------------------------------------------------------------------
MAIL = env.mail(env.word("CRAFTPATH_MAIL"))
globals().update(MAIL)
# Whom other catalogues write to about this site; without it, the sender of mail.
CONTACT = env.word("CRAFTPATH_CONTACT")
# Hosts (or host:port) of web hooks that may lie inside the network and be spoken to without encryption; usually none.
HOOK_HOSTS = env.words("CRAFTPATH_HOOK_HOSTS")
# From this hour on, by each organisation's own clock, the digest of the day is made and mailed.
DIGEST_HOUR = env.number("CRAFTPATH_DIGEST_HOUR", 7)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"craftpath": {"level": "INFO"}},
}
