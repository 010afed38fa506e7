import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "debian"))

from django_application import open_application
from serve import serve

application = open_application()

# Django has no models before it is set up.
from oauth2_provider.models import get_application_model

# The password grant stands for the sign-in page of the authorization code grant.
get_application_model().objects.get_or_create(
    client_id="shop", client_type="public", authorization_grant_type="password"
)
serve(application)
