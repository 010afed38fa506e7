from django.urls import path
from django_views import me, pull_lever
from views import ThrottledTokenView, revoke

urlpatterns = [
    path("o/token/", ThrottledTokenView.as_view()),
    path("api/me/", me),
    path("levers/<lever>", pull_lever, {"revoke": revoke}),
]
