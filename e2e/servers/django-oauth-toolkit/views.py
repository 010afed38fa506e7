from django.contrib.auth import get_user_model
from django.http import HttpResponse
from oauth2_provider.models import get_refresh_token_model
from oauth2_provider.views import TokenView
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response


class ThrottledTokenView(TokenView):
    """The package has no throttle: this one answers in its place, once after the lever was pulled."""

    is_on = False

    def dispatch(self, request, *arguments, **options):
        was_on, ThrottledTokenView.is_on = ThrottledTokenView.is_on, False
        if not was_on:
            return super().dispatch(request, *arguments, **options)
        return HttpResponse(status=429, headers={"Retry-After": "1"})


@api_view()
def me(request):
    return Response({"name": request.user.username})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def pull_lever(request, lever):
    name = request.data.get("user")
    if lever == "revoke":
        for token in get_refresh_token_model().objects.filter(user__username=name):
            token.revoke()
    elif lever == "delete-user":
        get_user_model().objects.filter(username=name).delete()
    elif lever == "throttle":
        ThrottledTokenView.is_on = True
    else:
        return Response(status=404)
    return Response(status=204)
