"""How Django is set up for this house. What an operator may change is declared in `config/environment.py`."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from bedside.config.environment import env

django_stubs_ext.monkeypatch()  # lets `ModelForm[Organization]` and the like be written at run time

HERE = Path(__file__).resolve().parent.parent

# ---- what the rooms read -----------------------------------------------------------------------
BEDSIDE_DATA = env.data
BEDSIDE_BASE_URL = env.base_url
BEDSIDE_REDIS_URL = env.redis_url
BEDSIDE_PRACTICE_URL = env.practice_url
BEDSIDE_USUAL_SERVERS = {"practice": env.practice_url}  # offered when a channel is connected
BEDSIDE_ALLOW_LOOPBACK_NETWORKS = env.allow_loopback_networks
BEDSIDE_ENCRYPTION_KEYS = env.encryption_keys
BEDSIDE_MAX_UPLOAD_BYTES = env.max_upload_bytes
BEDSIDE_IS_DEMO = env.demo
BEDSIDE_WORK_IMMEDIATELY = False  # tests do jobs at once, after the commit
BEDSIDE_INSISTS_ON_RECORDS = env.debug  # and tests always: an action without a record is a mistake

# ---- Django -------------------------------------------------------------------------------------
SECRET_KEY = env.secret_key
DEBUG = env.debug
ALLOWED_HOSTS = [*env.allowed_hosts, urlsplit(env.base_url).hostname or "127.0.0.1"]
IS_BEHIND_PROXY = env.base_url.startswith("https://")  # the web server itself speaks plain HTTP
CSRF_TRUSTED_ORIGINS = [env.base_url] if IS_BEHIND_PROXY else []
ROOT_URLCONF = "bedside.config.urls"
WSGI_APPLICATION = "bedside.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "bedside.foundation",
    "bedside.audit",
    "bedside.people",
    "bedside.library",
    "bedside.networks",
    "bedside.crisis",
    "bedside.approvals",
    "bedside.rules",
    "bedside.planning",
    "bedside.publishing",
    "bedside.inbox",
    "bedside.insights",
    "bedside.web",
    "bedside.api",
]

INSTALLED_APPS = [
    *ROOMS,
    "bedside.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bedside.web.middleware.ContentSecurity",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bedside.library.middleware.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bedside.people.middleware.CurrentMember",
    "bedside.web.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bedside.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bedside.web.templatetags.bedside",
            ],
        },
    }
]
FORM_RENDERER = "bedside.web.form_atoms.HouseRenderer"


def _database(url: str) -> dict[str, Any]:
    """The embedded SQLite file, or PostgreSQL when its address is set."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(env.sqlite_file),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # With Django's defaults two thirds of concurrent writes failed; with these none did.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a power cut must not take back "sending", or a post could go out twice.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(env.database_url)}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url}
    if env.redis_url
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# ---- sign-in (django-allauth) -------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "bedside.people.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # members come by invitation, and the link proves the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = (
    True  # before an address or a password changes, whoever sits there shows who they are
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Bedside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(env.base_url).hostname in ("127.0.0.1", "localhost")
MFA_ADAPTER = "bedside.people.sign_in.FactorAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_BEHIND_PROXY
SESSION_COOKIE_NAME = "bedside_session"
CSRF_COOKIE_NAME = "bedside_csrf"
CSRF_FAILURE_VIEW = "bedside.web.errors.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Without these, networks would send members and their codes back over plain HTTP, and the wrong passwords of a
# stranger would keep everybody from signing in, because all of them come from the proxy's address.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if IS_BEHIND_PROXY else 0
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_BEHIND_PROXY else 0
X_FRAME_OPTIONS = "DENY"

# ---- words, times, numbers ----------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.data / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.data / "media"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_TEMP_DIR = None


def _mail(url: str) -> dict[str, Any]:
    """Mail settings from one address; without one, messages are files in the data folder."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(env.data / "mail"),
        }
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # Loopback servers in tests speak without TLS; everybody else must offer it.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in ("127.0.0.1", "localhost"),
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(env.email_url))
BEDSIDE_SENDS_MAIL = bool(env.email_url)  # without it, pages do not promise a message
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.log_level.upper()},
    "loggers": {"httpx": {"level": "WARNING"}, "huey": {"level": "WARNING"}},
}
