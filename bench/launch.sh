# shellcheck shell=bash
# Sourced by the benchmarks of this folder. Usage: launch CLASS [ARGUMENT…]
# Builds what has changed, the program and the measuring class, and runs that class.
launch() {
  cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." || exit
  # shellcheck source=SCRIPTDIR/../src/main/dist/bin/find-java.sh
  . src/main/dist/bin/find-java.sh
  JAVA_HOME=$(find_java_home)
  export JAVA_HOME
  ./dockherd --version >/dev/null
  mvn -q -ntp -B -Dspotless.check.skip=true test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/bench.classpath </dev/null
  exec "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Ddockherd.dist=target/dockherd \
    -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" \
    "io.dockherd.bench.$1" "${@:2}"
}
