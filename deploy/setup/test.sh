# ./huying test: every check of the project, pytest last, so that its closing line is the last one. Sourced by ./huying.

test_packages="chromium sip-tester fonts-noto-cjk"

have_test_packages() {
  command -v chromium >/dev/null && command -v sipp >/dev/null && ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1
}

install_test_packages() {
  have_test_packages && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "the tests need Chromium, sipp and a Chinese font; as root run: apt-get update && apt-get install -y --no-install-recommends $test_packages"
  fi
  begin "installing $test_packages"
  quietly "$logs/apt-update.log" "apt-get update failed: mend it, then run this again" apt-get update -q
  # shellcheck disable=SC2086
  quietly "$logs/apt-install.log" "could not install $test_packages" \
    env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $test_packages
  finish
}

check() {
  local name=$1
  shift
  begin "$name"
  "$@" </dev/null || fail "$name: not clean"
  finish
}

check_front_end() {
  [ -f ui/package.json ] || return 0
  install_front_end_packages
  (
    cd ui
    check "pages: lint and types" npm run --silent check
    check "pages: unit tests" npm run --silent test
  ) || exit 1
  build_front_end
}

# With arguments only pytest runs, with those arguments: for work on one part.
run_tests() {
  set_up_python test
  install_test_packages
  "$venv/bin/python" -m huying.cli runtime >&2
  if [ $# = 0 ]; then
    check "ruff: rules" "$venv/bin/ruff" check --quiet .
    check "ruff: format" "$venv/bin/ruff" format --quiet --check .
    check "mypy" "$venv/bin/python" -m mypy --no-error-summary
    check "import rules" env PYTHONPATH=src "$venv/bin/lint-imports" --no-cache
    check_front_end
  else
    build_front_end
  fi
  exec "$venv/bin/python" -m pytest "$@"
}
