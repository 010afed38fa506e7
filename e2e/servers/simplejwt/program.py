import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "debian"))

from django_application import open_application
from serve import serve

serve(open_application())
