"""Whether the reader has looked for records within the last half minute."""

import os
import pathlib
import sys
import time

ALIVE = pathlib.Path(os.environ.get("ALIVE_FILE", "/tmp/alive"))
sys.exit(0 if ALIVE.exists() and time.time() - ALIVE.stat().st_mtime < 30 else 1)
