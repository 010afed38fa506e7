"""The settings that the Django servers share."""

import os
from pathlib import Path

SECRET_KEY = "of this test, and long enough for HMAC with SHA-256"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
USE_TZ = True

INSTALLED_APPS = [
    "corsheaders",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["DATA_DIR"]) / "database.sqlite3",
        "OPTIONS": {"timeout": 20},
    }
}

CORS_ALLOWED_ORIGINS = [os.environ["ORIGIN"]]
CORS_ALLOW_CREDENTIALS = True
CORS_EXPOSE_HEADERS = ["WWW-Authenticate", "Retry-After", "Date"]

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
ACCESS_SECONDS = int(os.environ["ACCESS_SECONDS"])
