# The built pages of ui/, re-made only when their sources change; and the private runtime fetched at the same time. Sourced by ./huying.

front_end_sources() {
  find ui -type d \( -name node_modules -o -name dist -o -name coverage -o -name .vite \) -prune -o -type f -print
}

install_front_end_packages() {
  local wanted
  wanted=$(sha256sum <ui/package-lock.json | cut -d ' ' -f 1)
  [ -d ui/node_modules ] && [ "$(cat .huying/node.stamp 2>/dev/null)" = "$wanted" ] && return
  begin "fetching the packages of the pages (first time: about a minute)"
  rm -f .huying/node.stamp
  (cd ui && quietly "$logs/npm.log" "the packages of the pages could not be had: check the network and npm's settings, then run this again" \
    npm ci --no-audit --no-fund --loglevel=error)
  echo "$wanted" >.huying/node.stamp
  finish
}

build_front_end() {
  [ -f ui/package.json ] || return 0
  local wanted
  wanted=$(front_end_sources | digest_of_files)
  [ "$(cat .huying/pages.stamp 2>/dev/null)" = "$wanted" ] && [ -n "$(ls -d ui/*/dist 2>/dev/null)" ] && return
  install_front_end_packages
  begin "building the pages"
  rm -f .huying/pages.stamp
  (cd ui && quietly "$logs/pages.log" "the pages could not be built: this is a defect of the checkout" npm run --silent build)
  front_end_sources | digest_of_files >.huying/pages.stamp
  finish
}

# The telephone engine and its companions are fetched while the pages are built.
runtime_fetch=
start_runtime_fetch() {
  "$venv/bin/python" -m huying.cli runtime >&2 &
  runtime_fetch=$!
  trap 'kill "$runtime_fetch" 2>/dev/null || true' EXIT
}

wait_runtime_fetch() {
  local result=0
  wait "$runtime_fetch" || result=$?
  trap - EXIT
  [ "$result" = 0 ] || exit "$result"
}
