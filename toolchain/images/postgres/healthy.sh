#!/bin/sh
# Exit code 0 once the server takes connections; for readiness probes. No login: a server whose
# connections are all in use is busy and not ill.
exec pg_isready --quiet --host=/run/postgresql --timeout=2
