# shellcheck shell=bash
# Finds a JDK 25; sourced by the launchers.

# Prints the home of the first JDK 25 in the usual places: JAVA_HOME, the java on the PATH, then
# where distributions, SDKMAN and macOS put theirs. Reads the JDK's own release file, since asking
# java itself costs as much as many a command.
find_java_home() {
  local home on_path
  on_path=$(readlink -f "$(command -v java || true)" 2>/dev/null || true)
  for home in "${JAVA_HOME-}" "${on_path%/bin/java}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -x "$home/bin/java" ] && grep -qs '^JAVA_VERSION="25[."]' "$home/release"; then
      printf '%s\n' "$home"
      return
    fi
  done
  echo "dockherd: no JDK 25 found; install one and set JAVA_HOME to it" >&2
  return 1
}
