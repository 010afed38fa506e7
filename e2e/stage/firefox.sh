#!/bin/sh
# Playwright has Firefox end with the first tab that crashes; here a tab is crashed, and the others go on.
unset MOZ_CRASHREPORTER_SHUTDOWN
exec "$FIREFOX_OF_RUN" "$@"
