# shellcheck shell=bash
# What the lab needs of the machine: real Docker daemons in network namespaces. Sourced by the
# launcher (for 'demo') and by ./check.

# Prints the Debian packages that are missing, in one line; nothing when all is there.
missing_lab_packages() {
  local missing=() busybox
  command -v dockerd >/dev/null || missing+=(docker.io)
  command -v ip >/dev/null && command -v tc >/dev/null || missing+=(iproute2)
  command -v iptables >/dev/null || missing+=(iptables)
  command -v nsenter >/dev/null || missing+=(util-linux)
  # The sample image holds nothing but busybox, so it has to be the one without libraries.
  busybox=$(command -v busybox || true)
  if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then
    missing+=(busybox-static)
  fi
  echo "${missing[*]-}"
}

# Installs Debian packages after saying so. A daemon that comes with one is not started, neither
# now nor at boot: the lab starts its own.
install_packages() {
  local held=no done=yes log
  echo "dockherd: installing from the distribution: $*" >&2
  if [ -d /usr/sbin ] && [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    held=yes
  fi
  log=$(mktemp)
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
    </dev/null >"$log" 2>&1; then
    # Most often the package lists are old or were never fetched.
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
      tail -n 20 "$log" >&2
      done=no
    fi
  fi
  rm -f "$log"
  [ "$held" = no ] || rm -f /usr/sbin/policy-rc.d
  if command -v systemctl >/dev/null; then
    if [[ " $* " == *" docker.io "* ]]; then
      systemctl disable docker.service docker.socket containerd.service >/dev/null 2>&1 || true
    fi
    if [[ " $* " == *" docker-registry "* ]]; then
      systemctl disable docker-registry.service >/dev/null 2>&1 || true
    fi
  fi
  if [ "$done" = no ]; then
    echo "dockherd: could not install: $*" >&2
    return 1
  fi
}

# A machine without an init system may have no control groups mounted, and then no container starts.
mount_control_groups() {
  if [ -d /sys/fs/cgroup ] && ! grep -q ' /sys/fs/cgroup' /proc/mounts; then
    echo "dockherd: mounting the control groups at /sys/fs/cgroup" >&2
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
  fi
}

# Sees to it that the lab can run here, or says what to do and fails.
prepare_lab() {
  local missing
  if [ "$(uname -s)" != Linux ]; then
    echo "dockherd: the lab needs Linux: it starts Docker daemons in network namespaces" >&2
    return 1
  fi
  missing=$(missing_lab_packages)
  if [ "$(id -u)" -ne 0 ]; then
    [ -z "$missing" ] || echo "dockherd: install these first: apt-get install $missing" >&2
    echo "dockherd: the lab makes network namespaces and starts Docker daemons: run it as root" >&2
    return 1
  fi
  if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null; then
      echo "dockherd: install what Debian calls: $missing" >&2
      return 1
    fi
    # shellcheck disable=SC2086 # The names are meant to be split into words.
    install_packages $missing
  fi
  mount_control_groups
}
