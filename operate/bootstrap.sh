#!/bin/sh
# Makes an environment from locked requirements, or renews it; does nothing when nothing has changed.
# Usage: bootstrap.sh [FOLDER REQUIREMENTS PYTHON…]. Must never run a script that it downloaded, install a Python,
# or let an environment that is half made pass for a whole one.
set -u
cd "$(dirname "$0")/.." || exit 1
folder=${1:-.venv}
requirements=${2:-requirements.txt}
if [ $# -gt 2 ]; then shift 2; else set -- 3.11 3.12 3.13; fi
pythons=$*
own=${ASKFIRST_VAR:-var}/tools/uv
stamp=$folder/.requirements.sha256
again="then run the same command again."
unset VIRTUAL_ENV PYTHONPATH
export UV_PYTHON_DOWNLOADS=never
trap 'echo "Stopped. The same command goes on from here." >&2; exit 130' INT TERM HUP

fail() { echo "$*" >&2; exit 1; }
quietly() { "$@" >/dev/null 2>&1 </dev/null; }
hash_of() { { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d' ' -f1; }

has_right_python() {
    version=$("$folder/bin/python" -I -S -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    case " $pythons " in *" $version "*) ;; *) return 1 ;; esac
}

find_uv() { # one that runs: a name on the path proves nothing, version managers leave dead ones
    for uv in uv "${HOME:-}/.local/bin/uv" "$own/bin/uv"; do quietly "$uv" --version && return; done
    return 1
}

install_uv() { # by name, with its hashes, into a folder of our own; any Python that has venv or pip will do
    echo "uv is missing: installing it into $own …" >&2
    set -- -m pip install --quiet --require-hashes -r operate/uv-requirements.txt
    for python in "${PYTHON:-python3}" python3.11 python3.12 python3.13 /usr/bin/python3; do
        rm -rf "$own"
        if quietly "$python" -m venv "$own"; then quietly "$own/bin/python" "$@"
        else quietly "$python" "$@" --target "$own"; fi
        find_uv && return
    done
    fail "uv is missing and could not be installed: install it (python3 -m pip install --user uv), or your system's" \
        "packages for Python's venv and pip, $again"
}

find_python() {
    for version in $pythons; do
        python=$("$uv" python find --no-project --system "$version" 2>/dev/null) && return
    done
    set -- $pythons
    fail "Python $1${2:+ or newer} is missing: install it (for example with 'pyenv install $1' or" \
        "'uv python install $1'), $again"
}

[ "$(cat "$stamp" 2>/dev/null)" = "$(hash_of "$requirements")" ] && has_right_python && exit
find_uv || install_uv
if ! has_right_python; then
    find_python
    rm -rf "$folder"
    "$uv" venv --quiet --no-project -p "$python" "$folder" || fail "$folder could not be made (uv says why above)."
fi
rm -f "$stamp"
echo "Installing $requirements into $folder …" >&2
"$uv" pip sync --require-hashes -p "$folder/bin/python" "$requirements" ||
    fail "The packages of $requirements could not be installed (uv says why above): check the network and the free" \
        "space on the disk, $again"
quietly "$folder/bin/python" -m compileall -q -j 0 -x '/tests/' "$folder/lib" # Rasa starts twice as fast
hash_of "$requirements" >"$stamp"
