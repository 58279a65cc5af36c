# Progress lines and the one way to fail. Sourced by ./huying.

step_started=0

# Opens a step: "huying: <what> ..."; everything on stderr, so that a command's own output stays clean.
begin() {
  step_started=$SECONDS
  printf 'huying: %s ...\n' "$*" >&2
}

# Closes the step with the seconds it took.
finish() {
  printf 'huying:   done in %d s\n' "$((SECONDS - step_started))" >&2
}

# One clear line that says what to do, then the end.
fail() {
  printf 'huying: %s\n' "$*" >&2
  exit 1
}

# Runs a command with its output in a log; on failure shows the end of the log and fails with the given line.
# quietly LOG "what to do on failure" COMMAND...
quietly() {
  local log=$1 advice=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    fail "$advice (all of it: $log)"
  fi
}

# A digest of the names and contents of the files given on standard input, one path a line.
digest_of_files() {
  LC_ALL=C sort | tr '\n' '\0' | xargs -0 -r sha256sum | sha256sum | cut -d ' ' -f 1
}
