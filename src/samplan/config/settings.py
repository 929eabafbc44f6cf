"""Settings. Everything that differs between installations comes from the environment:

SAMPLAN_DIRECTORY  where the database, the secret key, mail and reports live (set by the command line's --directory)
DATABASE_URL       postgres://user:password@host:port/name instead of SQLite in the directory
SAMPLAN_HOSTS      host names served, comma-separated        SAMPLAN_HTTPS   1 when reached over https
SAMPLAN_SECRET_KEY instead of the key file                    SAMPLAN_SMTP    smtp://user:password@host:port for real
mail
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent.parent
DIRECTORY = Path(os.environ.get("SAMPLAN_DIRECTORY") or user_data_path("samplan"))


def _secret_key() -> str:
    """The key from the environment or the directory's own file; a passing one where no file has been made yet."""
    if key := os.environ.get("SAMPLAN_SECRET_KEY"):
        return key
    file = DIRECTORY / "secret-key"
    return file.read_text().strip() if file.is_file() else secrets.token_urlsafe(50)


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DIRECTORY / "samplan.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
            # A file in tests too: SQLite's shared memory locks whole tables at once and never waits.
            "TEST": {"NAME": Path(tempfile.gettempdir()) / f"samplan-test-{os.getpid()}.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL: postgres://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True, **dict(parse_qsl(parts.query))},
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SAMPLAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "samplan.base.kernel",
    "samplan.base.ui",
    "samplan.base.accounts",
    "samplan.base.audit",
    "samplan.base.mail",
    "samplan.base.files",
    "samplan.base.jobs",
    "samplan.apps.orgs",
    "samplan.apps.bodies",
    "samplan.apps.agreements",
    "samplan.apps.indicators",
    "samplan.apps.plans",
    "samplan.apps.questionnaires",
    "samplan.apps.directives",
    "samplan.apps.needs",
    "samplan.apps.spending",
    "samplan.apps.letters",
    "samplan.apps.yearreports",
    "samplan.edges.reports",
    "samplan.edges.imports",
    "samplan.edges.answering",
    "samplan.edges.links",
    "samplan.edges.help",
    "samplan.edges.public",
    "samplan.edges.home",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samplan.base.kernel.middleware.CompressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samplan.base.kernel.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samplan.base.accounts.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "samplan.base.kernel.middleware.NoStoreMiddleware",
    "samplan.apps.orgs.middleware.ActorMiddleware",
    "samplan.edges.home.middleware.RefusedMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "samplan.config.urls"
WSGI_APPLICATION = "samplan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samplan.base.kernel.once.once_key",
                "samplan.edges.home.context.workplace",
                "samplan.edges.help.context.page_help",
            ],
            "builtins": ["django.templatetags.i18n", "samplan.base.ui.templatetags.samplan"],
        },
    }
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# The unique e-mail address is a constraint on its lower-case form.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "samplan.base.kernel.failing.csrf_failure"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:start"
LOGOUT_REDIRECT_URL = "public:start"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

LANGUAGE_CODE = "sv"
# A language is offered when its translation has been built.
LANGUAGES = [("sv", "Svenska")]
if (PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.mo").is_file():
    LANGUAGES.append(("en", "English"))
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Open pages are kept whole, in each process (edges.public.keeping).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 600}},
}
LARGEST_UPLOAD = 50_000_000
FILE_UPLOAD_HANDLERS = [
    "samplan.base.files.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

BASE_URL = os.environ.get("SAMPLAN_URL", "http://127.0.0.1:8000")
MAIL_FOLDER = DIRECTORY / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("SAMPLAN_MAIL_FROM", "samplan@localhost")
if _smtp := os.environ.get("SAMPLAN_SMTP"):
    _mail = urlsplit(_smtp)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = bool(_mail.username)
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "samplan.base.mail.backends.FolderBackend"

HTTPS = os.environ.get("SAMPLAN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "samplan.base.kernel.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
