"""The views that the Django servers share."""

from django.contrib.auth import get_user_model
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response

levers = {"throttle": False}


def is_throttled():
    """True for the first request after the lever was pulled."""
    was_on, levers["throttle"] = levers["throttle"], False
    return was_on


@api_view()
def me(request):
    return Response({"name": request.user.username})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def pull_lever(request, lever, revoke):
    name = request.data.get("user")
    if lever == "revoke":
        revoke(name)
    elif lever == "delete-user":
        get_user_model().objects.filter(username=name).delete()
    elif lever == "throttle":
        levers["throttle"] = True
    else:
        return Response(status=404)
    return Response(status=204)
