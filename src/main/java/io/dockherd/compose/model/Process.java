package io.dockherd.compose.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in a container.
 *
 * <pre>
 * command: [serve]                  # empty here: the image's
 * entrypoint: []                    # given and empty: the image's is cleared
 * environment: {A: b}
 * working_dir: /srv
 * user: "1000"
 * hostname: web
 * domainname: example.org
 * tty: true
 * stdin_open: true
 * init: true
 * stop_signal: SIGINT
 * stop_grace_period: 10s
 * </pre>
 *
 * @param environment without those that were to come from the caller's and are not in it
 */
public record Process(
    Optional<List<String>> command,
    Optional<List<String>> entrypoint,
    Map<String, String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    Optional<String> hostname,
    Optional<String> domainname,
    boolean hasTerminal,
    boolean keepsInputOpen,
    Optional<Boolean> init,
    Optional<String> stopSignal,
    Optional<Duration> stopGracePeriod) {
  public Process {
    command = command.map(List::copyOf);
    entrypoint = entrypoint.map(List::copyOf);
    environment = Copies.of(environment);
  }
}
