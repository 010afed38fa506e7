from django.contrib.auth import get_user_model
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken


class NextRefresh(BaseThrottle):
    """Throttles one request after the lever was pulled."""

    is_on = False

    def allow_request(self, request, view):
        was_on, NextRefresh.is_on = NextRefresh.is_on, False
        return not was_on

    def wait(self):
        return 1


@api_view()
def me(request):
    return Response({"name": request.user.username})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def pull_lever(request, lever):
    name = request.data.get("user")
    if lever == "revoke":
        for token in OutstandingToken.objects.filter(user__username=name):
            BlacklistedToken.objects.get_or_create(token=token)
    elif lever == "delete-user":
        get_user_model().objects.filter(username=name).delete()
    elif lever == "throttle":
        NextRefresh.is_on = True
    else:
        return Response(status=404)
    return Response(status=204)
