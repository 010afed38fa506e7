from django.urls import path
from views import ThrottledTokenView, me, pull_lever

urlpatterns = [
    path("o/token/", ThrottledTokenView.as_view()),
    path("api/me/", me),
    path("levers/<lever>", pull_lever),
]
