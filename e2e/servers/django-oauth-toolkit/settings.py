from django_settings import *

INSTALLED_APPS += ["oauth2_provider"]

REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"] = [
    "oauth2_provider.contrib.rest_framework.OAuth2Authentication"
]
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": ACCESS_SECONDS,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 24 * 60 * 60,
}
