#!/bin/sh
# Find a Python that is new enough and let it install the requirements named on the command line.
set -eu
cd "$(dirname "$0")/.."
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" scripts/install.py "$@"
    fi
done
echo "Python 3.11 or newer was not found. Install it, or say where it is: make PYTHON=/path/to/python3 ..." >&2
exit 1
