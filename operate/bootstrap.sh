#!/bin/sh
# Finds a Python that runs, of whatever version, and hands over to bootstrap.py.
# Must never download anything itself: it only looks at what is there.
cd "$(dirname "$0")/.." || exit 1
for python in "${PYTHON:-python3}" python3 python3.11 python3.12 python3.13 /usr/bin/python3 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1; then
        exec "$python" operate/bootstrap.py "$@"
    fi
done
echo "No Python that runs was found: install Python 3.11 or newer, then run the same command again." >&2
exit 1
