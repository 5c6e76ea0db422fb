import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env, labels, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

DEVELOPMENT = env.flag("DEVELOPMENT", "no")
DEBUG = env.flag("DEBUG", "no")
SECRET_KEY = env.secret(
    "SECRET_KEY", "only for development, known to everybody" if DEVELOPMENT else None
)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")
FIELD_KEYS = env.field_keys(
    "FIELD_KEYS", VAR_DIR / "field-key.txt" if DEVELOPMENT else None
)
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEVELOPMENT else ""
)
SITE_ADDRESS = env.address(
    "SITE_ADDRESS", "http://localhost:8000" if DEVELOPMENT else None
)
# Who stands before the site: only these are believed when they name who asks.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
# Tests that register very many from one machine raise all limits by this factor.
THROTTLE_TIMES = env.only_in_development(
    "THROTTLE_TIMES", env.number("THROTTLE_TIMES", 1, least=1), 1, DEVELOPMENT
)

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "registrations",
    "conferences",
    "partnerships",
    "crispy_forms",
    "csp",
    "modeltranslation",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "config.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.ResourcePolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.RefusalMiddleware",
    "config.middleware.StaticFilesMiddleware",
    "config.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.ClientMiddleware",
    "config.middleware.OneContentMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.MethodMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "site.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", _("German")),
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("uk", _("Ukrainian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
# Who asked to be erased, by random keys; on several machines beside the media.
ERASURES_ROOT = Path(os.environ.get("ERASURES_DIR", VAR_DIR / "erasures"))
# Only the pages of the admin that ask for files take some; elsewhere one that is sent
# all the same is refused before it is read.
FILE_UPLOAD_HANDLERS = ["config.uploads.StaffUploads"]
DATA_UPLOAD_MAX_NUMBER_FILES = 20

EMAIL_BACKEND = "registrations.smtp.EmailBackend"
if DEVELOPMENT and not os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "registrations.mailfolder.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", "no")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get(
    "EMAIL_FROM", "Partnerschaftskonferenzen <noreply@localhost>"
)

LOGGING = logs.configuration(development=DEVELOPMENT)

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "config.passwords.SparingArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # made anew at the sign-in
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
]

# What an authenticator app shows as the name of the site.
OTP_TOTP_ISSUER = "Partnerschaftskonferenzen"

AXES_HANDLER = "config.throttle.Handler"
AXES_CLIENT_IP_CALLABLE = "config.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "config.throttle.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["csrfmiddlewaretoken", "next", "username"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "config.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registrations.views.csrf_failure"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", "yes")
    # Asked by machines beside us, which have no certificate to show.
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # KERN's icons are masks in data: addresses
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "kern"
CRISPY_TEMPLATE_PACK = "kern"

MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = labels.in_language
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("en", "de"),
    "en": ("de",),
    "de": ("en",),
}
