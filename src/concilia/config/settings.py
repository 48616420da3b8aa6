"""
The settings of one installation. Every variable is described in docs/reference/settings.md.

Nothing needs to be set for a trial on one's own machine. Whoever opens the service to others with
CONCILIA_ALLOWED_HOSTS gets strict cookies and must bring a secret key.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from concilia.config import logs
from concilia.foundation import embedded_postgres, environment
from concilia.foundation.environment import DatabaseAddress, SettingUnreadable

PACKAGE = Path(__file__).resolve().parents[1]
CONCILIA_HOME = embedded_postgres.home_directory()

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
NAMED_HOSTS = environment.words("CONCILIA_ALLOWED_HOSTS", LOCAL_HOSTS)
IS_LOCAL = set(NAMED_HOSTS) <= set(LOCAL_HOSTS)
ALLOWED_HOSTS = [*NAMED_HOSTS, *LOCAL_HOSTS]  # who watches over the server asks from beside it
BASE_URL = environment.text(
    "CONCILIA_BASE_URL", "http://localhost:8000" if IS_LOCAL else f"https://{NAMED_HOSTS[0]}"
).rstrip("/")
DEBUG = environment.truth("CONCILIA_DEBUG", default=False)


def _secret_key() -> str:
    """One key for the life of the installation: signed cookies and links outlive a restart."""
    if given := environment.text("CONCILIA_SECRET_KEY"):
        return given
    if not IS_LOCAL:
        raise SettingUnreadable(
            "CONCILIA_SECRET_KEY must be set when CONCILIA_ALLOWED_HOSTS names other machines; "
            "take 50 random characters and keep them."
        )
    kept = CONCILIA_HOME / "secret-key"
    if not kept.exists():
        CONCILIA_HOME.mkdir(parents=True, exist_ok=True)
        fresh = CONCILIA_HOME / f"secret-key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            kept.hardlink_to(fresh)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


SECRET_KEY = _secret_key()

OUR_APPS = [
    "concilia.foundation",
    "concilia.identity",
    "concilia.customers",
    "concilia.receivables",
    "concilia.ledger",
    "concilia.documents",
    "concilia.correspondence",
    "concilia.intake",
    "concilia.cash",
    "concilia.cases",
    "concilia.claims",
    "concilia.dunning",
    "concilia.reporting",
    "concilia.interfaces.components",
    "concilia.interfaces.desk",
    "concilia.interfaces.portal",
]
INSTALLED_APPS = [
    *OUR_APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "concilia.config.observation.Observation",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "concilia.interfaces.api.once.Once",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "concilia.config.urls"
WSGI_APPLICATION = "concilia.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "concilia.interfaces.desk.context.shell",
            ],
        },
    },
]


# ── The database: PostgreSQL, ours or yours ──────────────────────────────────────────────────────


def _database() -> dict[str, Any]:
    own = DatabaseAddress(
        name=embedded_postgres.DATABASE,
        host=str(embedded_postgres.socket_directory(CONCILIA_HOME)),
        user="postgres",
        options={},
    )
    address = environment.database_address("DATABASE_URL") or own
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "HOST": address.host,
        "PORT": address.port,
        "USER": address.user,
        "PASSWORD": address.password,
        "OPTIONS": {**address.options, "application_name": "concilia"},
        "CONN_MAX_AGE": environment.whole("CONCILIA_DB_CONN_MAX_AGE", 300, low=0, high=86400),
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": environment.text("CONCILIA_TEST_DB", "test_concilia")},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Jobs, in the same database ───────────────────────────────────────────────────────────────────

# The table of jobs by name, for whoever works them off at a told time (the demonstration).
JOBS = "concilia.interfaces.worker.tasks.JOBS"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = [
    "concilia.interfaces.worker.tasks" for _found in PACKAGE.glob("interfaces/worker/tasks*")
]

# ── People and their log-ins ─────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "concilia.interfaces.desk.views.session.say_wait"
AXES_CLIENT_IP_CALLABLE = "concilia.config.proxy.client_address"
AXES_VERBOSE = False  # it would write e-mail addresses into the log

# ── What a browser may do ────────────────────────────────────────────────────────────────────────

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
CSRF_TRUSTED_ORIGINS = [] if IS_LOCAL else [BASE_URL]
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 60 * 60 * 24 * 365
SECURE_SSL_REDIRECT = not IS_LOCAL and environment.truth("CONCILIA_HTTPS_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked by machines beside the server
BEHIND_PROXY = environment.truth("CONCILIA_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the document viewer shows a PDF beside what was read
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_BYTES_MAX = environment.whole("CONCILIA_UPLOAD_MB_MAX", 200, low=1, high=10_000) * 1024**2
# Folders whose insides administrators may have watched; on one's own machine any but ours.
WATCHED_ROOTS = environment.words(
    "CONCILIA_WATCHED_ROOTS", () if IS_LOCAL else (str(CONCILIA_HOME / "inbox"),)
)
# Networks that are not the public internet and may be told of things by webhooks all the same.
WEBHOOK_NETWORKS = environment.networks(
    "CONCILIA_WEBHOOK_NETWORKS", ("127.0.0.0/8", "::1/128") if IS_LOCAL else ()
)
# Whether companies may let a language model propose values at all, where besides the public
# internet one may be, and how long it may take to answer.
LANGUAGE_MODEL = environment.truth("CONCILIA_LANGUAGE_MODEL", default=True)
MODEL_NETWORKS = environment.networks(
    "CONCILIA_MODEL_NETWORKS", ("127.0.0.0/8", "::1/128") if IS_LOCAL else ()
)
MODEL_SECONDS = environment.whole("CONCILIA_MODEL_SECONDS", 120, low=5, high=900)
METRICS_TOKEN = environment.text("CONCILIA_METRICS_TOKEN")

# ── Files of the pages ───────────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "concilia.config.static.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True  # served from where they lie: nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60 * 24

# ── Languages and time ───────────────────────────────────────────────────────────────────────────

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# As `components/notice.html` calls them: a refusal stays until it is read.
MESSAGE_TAGS = {message_levels.ERROR: "wrong"}
LANGUAGES = [
    ("en", _("English")),
    ("it", _("Italian")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("de", _("German")),
]
LOCALE_PATHS = [PACKAGE / "locale"]

# ── Outgoing mail: without a server it is kept in a folder and nobody gets any ───────────────────

EMAIL_HOST = environment.text("CONCILIA_SMTP_HOST")
EMAIL_PORT = environment.whole("CONCILIA_SMTP_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = environment.text("CONCILIA_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("CONCILIA_SMTP_PASSWORD")
_smtp_security = environment.one_of(
    "CONCILIA_SMTP_SECURITY", "starttls", choices=("starttls", "tls", "none")
)
EMAIL_USE_TLS = _smtp_security == "starttls"
EMAIL_USE_SSL = _smtp_security == "tls"
EMAIL_TIMEOUT = 30
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = CONCILIA_HOME / "outbox"
DEFAULT_FROM_EMAIL = environment.text("CONCILIA_MAIL_FROM", "concilia@localhost")

# ── Logs: one JSON object a line, on standard error ──────────────────────────────────────────────

LOGGING_CONFIG = None
logs.configure(
    level=environment.one_of(
        "CONCILIA_LOG_LEVEL", "info", choices=("debug", "info", "warning", "error")
    ).upper()
)
