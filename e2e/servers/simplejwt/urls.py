from django.urls import path
from django_views import me, pull_lever
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView
from views import NextRefresh, revoke

urlpatterns = [
    path("api/token/", TokenObtainPairView.as_view()),
    path("api/token/refresh/", TokenRefreshView.as_view(throttle_classes=[NextRefresh])),
    path("api/me/", me),
    path("levers/<lever>", pull_lever, {"revoke": revoke}),
]
