package io.dockherd.apps.compose;

import io.dockherd.apps.model.HealthCheck;
import io.dockherd.apps.model.HealthCheck.Probe;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.compose.model.HerdWishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node asks an instance from outside: {@code x-dockherd.checks}. */
final class Checks {
  private final List<PortSpec> ports;
  private final Findings findings;

  /**
   * @param ports those the pod publishes
   */
  Checks(List<PortSpec> ports, Findings findings) {
    this.ports = ports;
    this.findings = findings;
  }

  /**
   * @param container of the pod that commands are run in, and whose ports are meant; "" for any
   */
  List<HealthCheck> of(String whose, String container, String owner, List<HerdWishes.Check> said) {
    List<HealthCheck> checks = new ArrayList<>();
    for (HerdWishes.Check check : said) {
      probe(whose, container, owner, check)
          .ifPresent(
              probe ->
                  checks.add(
                      new HealthCheck(
                          probe,
                          check.grace().orElse(Duration.ofMinutes(5)),
                          atLeast(check.interval().orElse(Duration.ofMinutes(1))),
                          atLeast(check.timeout().orElse(Duration.ofSeconds(20))),
                          check.failures().orElse(3))));
    }
    return checks;
  }

  private static Duration atLeast(Duration said) {
    return said.toMillis() < 1 ? Duration.ofMillis(1) : said;
  }

  private Optional<Probe> probe(
      String whose, String container, String owner, HerdWishes.Check check) {
    if (check.kind().equals("command")) {
      if (check.command().isEmpty()) {
        findings.refuse(whose + " has a check by command without a command", "");
      }
      return Optional.of(new Probe.Command(container, check.command()));
    }
    int index = index(owner, check.port().orElse(0));
    if (index < 0) {
      findings.refuse(
          whose
              + " has a check by "
              + check.kind()
              + (check.port().isPresent()
                  ? " at port " + check.port().getAsInt() + ", which it does not publish"
                  : " without a port"),
          "name a port that stands under 'ports', too, or check by command");
      return Optional.empty();
    }
    return Optional.of(
        check.kind().equals("tcp")
            ? new Probe.Tcp(index, 0)
            : new Probe.Http(check.kind(), check.path().orElse("/"), index, 0, false));
  }

  private int index(String owner, int port) {
    for (int index = 0; index < ports.size(); index++) {
      PortSpec spec = ports.get(index);
      boolean isOwners = owner.isEmpty() || spec.container().equals(owner);
      if (isOwners && spec.containerPort() == port && spec.protocol().equals("tcp")) {
        return index;
      }
    }
    return -1;
  }
}
