#!/usr/bin/env bash
# Makes what Doorstep needs, and nothing twice: two Python environments, the built pages.
#   deploy/set-up.sh gateway   only the gateway's environment and the pages
#   deploy/set-up.sh           everything
# It finds Python 3.12 and 3.10 on the PATH, under pyenv, or through uv's own download.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

find_uv() {
  if command -v uv >/dev/null 2>&1; then command -v uv; return; fi
  if [ -x var/uv/bin/uv ]; then printf '%s\n' var/uv/bin/uv; return; fi
  local python
  python=$(command -v python3 || true)
  [ -n "$python" ] || stop "Doorstep needs Python: install Python 3.12 (on Debian: apt-get install python3 python3-venv), then run this again."
  say "Getting uv, which installs the rest ..."
  "$python" -m venv var/uv >/dev/null 2>&1 \
    || stop "Doorstep needs uv or Python's venv: install uv, or on Debian: apt-get install python3-venv, then run this again."
  var/uv/bin/python -m pip install --quiet uv || stop "uv could not be installed: look at the lines above, or install uv yourself."
  printf '%s\n' var/uv/bin/uv
}

# A python3.12 on the PATH may be pyenv's shim, which fails unless that version is switched on: ask each to run.
find_python() {
  local version=$1 candidate
  for candidate in "$(command -v "python$version" || true)" \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python \
    "/opt/pyenv/versions/$version".*/bin/python; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] \
      && "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" >/dev/null 2>&1; then
      printf '%s\n' "$candidate"; return
    fi
  done
  say "Python $version is not on this machine: asking uv for it ..."
  "$UV" python install --quiet "$version" >/dev/null 2>&1 && "$UV" python find "$version" 2>/dev/null && return
  stop "Doorstep needs Python $version: install it (on Debian with pyenv: pyenv install $version), then run this again."
}

# An environment is made anew when its lock changed.
environment() {
  local folder=$1 version=$2 lock=$3 note=$4 mark
  mark=$(sha256sum "$lock" | cut -d' ' -f1)
  if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.lock" 2>/dev/null || true)" = "$mark" ]; then return; fi
  local python
  python=$(find_python "$version")
  say "$note"
  "$UV" venv --quiet --clear --python "$python" "$folder"
  "$UV" pip sync --quiet --python "$folder/bin/python" --require-hashes "$lock" \
    || stop "The packages of $lock could not be installed: look at the lines above."
  printf '%s\n' "$PWD" > "$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')/doorstep.pth"
  printf '%s' "$mark" > "$folder/.lock"
}

make_command() {
  mkdir -p .venv/bin
  printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m channels.cli "$@"\n' "$PWD" > .venv/bin/doorstep
  chmod +x .venv/bin/doorstep
}

mkdir -p var
UV=$(find_uv)
environment .venv 3.12 requirements/gateway.txt "Installing the gateway (Python 3.12, about 300 MB, half a minute) ..."
make_command
.venv/bin/python -m channels.assets.build
if [ "${1:-all}" = all ]; then
  environment .venv-engine 3.10 requirements/engine.txt \
    "Installing the engine (Python 3.10 and Rasa with TensorFlow: 2.5 GB, a minute or so) ..."
fi
