from django.urls import path
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView
from views import NextRefresh, me, pull_lever

urlpatterns = [
    path("api/token/", TokenObtainPairView.as_view()),
    path("api/token/refresh/", TokenRefreshView.as_view(throttle_classes=[NextRefresh])),
    path("api/me/", me),
    path("levers/<lever>", pull_lever),
]
