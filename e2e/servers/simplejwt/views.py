from django_views import is_throttled
from rest_framework.throttling import BaseThrottle
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken


class NextRefresh(BaseThrottle):
    """Throttles one request after the lever was pulled."""

    def allow_request(self, request, view):
        return not is_throttled()

    def wait(self):
        return 1


def revoke(name):
    for token in OutstandingToken.objects.filter(user__username=name):
        BlacklistedToken.objects.get_or_create(token=token)
