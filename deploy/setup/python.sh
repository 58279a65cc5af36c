# The checkout's own Python environment in .huying/venv, exactly as the lock files say. Sourced by ./huying.

venv=$root/.huying/venv
logs=$root/.huying/logs
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=

find_python() {
  local name
  for name in ${HUYING_PYTHON-} python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys, venv; raise SystemExit(not ((3, 11) <= sys.version_info < (3, 15)))' 2>/dev/null; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  fail "Python 3.11 or newer is needed and was not found: install it (Debian 12: apt-get install python3) or name it in HUYING_PYTHON"
}

# set_up_python run|test: brings the environment to requirements.lock, or to requirements-test.lock which contains it.
set_up_python() {
  mkdir -p .huying
  chmod 700 .huying
  exec 8>.huying/setup.lock
  if ! flock -n 8; then
    begin "waiting for another set-up of this checkout"
    flock 8
    finish
  fi
  local wanted stamp=$venv/.huying-stamp
  wanted="$1 $(sha256sum <"$(lock_file "$1")" | cut -d ' ' -f 1) $(sha256sum <requirements.lock | cut -d ' ' -f 1)"
  if ! is_set_up "$1" "$stamp"; then
    install_packages "$1"
    echo "$wanted" >"$stamp"
  fi
  echo "$root/src" >"$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/huying-checkout.pth"
  export PATH="$venv/bin:$PATH" HUYING_CHECKOUT="$root"
  exec 8>&-
}

lock_file() {
  case $1 in test) echo requirements-test.lock ;; *) echo requirements.lock ;; esac
}

# The stamp is "<kind> <digest of its lock> <digest of requirements.lock>": a test environment serves to run, not the reverse.
is_set_up() {
  [ -f "$2" ] && [ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' 2>/dev/null || return 1
  local kind digest run_digest
  read -r kind digest run_digest <"$2" || return 1
  case $1 in
    test) [ "$kind" = test ] && [ "$digest" = "$(sha256sum <requirements-test.lock | cut -d ' ' -f 1)" ] ;;
    *) [ "$run_digest" = "$(sha256sum <requirements.lock | cut -d ' ' -f 1)" ] ;;
  esac
}

install_packages() {
  begin "setting up Python packages (first time: about a minute)"
  local lock
  lock=$(lock_file "$1")
  rm -f "$venv/.huying-stamp"
  if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    make_venv
  fi
  if get_uv && uv_sync "$lock" >"$logs/packages.log" 2>&1 </dev/null; then
    :
  else
    quietly "$logs/packages.log" "the Python packages could not be installed: check the network and pip's settings, then run this again" \
      "$venv/bin/python" -m pip install --no-input --require-hashes --requirement "$lock"
  fi
  finish
}

make_venv() {
  local python
  python=$(find_python)
  rm -rf "$venv"
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    quietly "$logs/venv.log" "the Python environment could not be made in $venv" "$python" -m venv "$venv"
  else
    quietly "$logs/venv.log" "the Python environment could not be made in $venv" "$python" -m venv --without-pip "$venv"
    pip_from_debian
  fi
}

# Debian keeps pip out of python3: take the wheel out of its package, without installing anything on the system.
pip_from_debian() {
  local advice="pip is missing: as root run 'apt-get install python3-venv', then run this again" work=$root/.huying/pip
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || fail "$advice"
  rm -rf "$work"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  local options=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=true -o APT::Sandbox::User=)
  quietly "$logs/venv.log" "$advice" apt-get "${options[@]}" update -q
  (cd "$work" && quietly "$logs/venv.log" "$advice" apt-get "${options[@]}" download python3-pip-whl)
  quietly "$logs/venv.log" "$advice" dpkg-deb -x "$work"/python3-pip-whl_*.deb "$work/root"
  quietly "$logs/venv.log" "$advice" "$venv/bin/python" "$(ls "$work"/root/usr/share/python-wheels/pip-*.whl)/pip" install \
    --no-input --no-index --find-links "$work/root/usr/share/python-wheels" pip
  rm -rf "$work"
}

# uv at the version and hashes of the lock file; without it pip does the same, slower.
get_uv() {
  local wanted
  wanted=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
  [ -x "$venv/bin/uv" ] && [ "$("$venv/bin/uv" --version | cut -d ' ' -f 2)" = "$wanted" ] && return
  awk '/^uv==/ {on = 1; print; next} on && /^ / {print; next} {on = 0}' requirements.lock >.huying/uv.lock
  "$venv/bin/python" -m pip install --no-input --no-deps --require-hashes --requirement .huying/uv.lock >"$logs/uv.log" 2>&1 </dev/null
}

# uv does not read pip's settings: hand it the machine's own index where one is set.
uv_sync() {
  local index
  index=$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)
  if [ -n "${PIP_INDEX_URL:-$index}" ] && [ -z "${UV_DEFAULT_INDEX-}" ]; then
    export UV_DEFAULT_INDEX=${PIP_INDEX_URL:-$index}
  fi
  "$venv/bin/uv" pip sync --python "$venv/bin/python" --require-hashes --link-mode=copy "$1"
}
