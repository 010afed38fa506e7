from django.contrib.auth import get_user_model
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.serializers import TokenRefreshSerializer


class RefreshSerializer(TokenRefreshSerializer):
    """Refuses the refresh tokens of users that are deleted or inactive."""

    def validate(self, attrs):
        token = self.token_class(attrs["refresh"])
        users = get_user_model().objects.filter(pk=token["user_id"], is_active=True)
        if not users.exists():
            raise AuthenticationFailed(code="no_active_account")
        return super().validate(attrs)
