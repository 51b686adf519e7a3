# shellcheck shell=bash
# What build, start and stop share. Sourced with $here set to this folder.
# shellcheck disable=SC2154
# shellcheck source=versions
. "$here/versions"

die() {
  echo "control-plane: $*" >&2
  exit 1
}

# The cache folder of this very state of the sources.
control_plane_home() {
  local hash
  hash=$(cd "$here" && find . -type f \( -name '*.go' -o -name 'go.mod' -o -name 'go.sum' -o -name versions -o -name build \) -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
  echo "${SAILPLAN_CACHE:-$HOME/.cache/sailplan}/control-plane/$KUBERNETES_VERSION-etcd-$ETCD_VERSION-$hash"
}

# True when process PID runs the program NAME: a process id may have been given to another program.
process_is() { # process_is PID NAME
  local program
  program=$(readlink "/proc/$1/exe" 2>/dev/null) || return 1
  program=${program% (deleted)}
  [[ ${program##*/} == "$2" ]]
}
