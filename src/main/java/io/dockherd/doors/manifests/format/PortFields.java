package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.PortSpec;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container publishes on its host: each service, at a port the node chooses, and {@code
 * ports} as Docker writes them: {@code 80}, {@code "8080:80"}, {@code "127.0.0.1:53:53/udp"}. A
 * service whose port is among {@code ports} is published there.
 */
final class PortFields {
  private static final int HIGHEST = 65_535;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:]+]):)?([0-9]{1,5})?:)?"
              + "([0-9]{1,5})(?:/(tcp|udp|sctp))?");

  private PortFields() {}

  static List<PortSpec> read(Fields manifest, String container, List<ServiceField> services) {
    List<PortSpec> written = manifest.list("ports", member -> port(member, container));
    List<PortSpec> all = new ArrayList<>();
    for (ServiceField service : services) {
      PortSpec at =
          written.stream()
              .filter(port -> isOf(port, service))
              .findFirst()
              .orElseGet(() -> chosen(container, service.port(), service.protocol()));
      written.remove(at);
      JsonObject labels = new JsonObject();
      if (!service.role().isEmpty()) {
        labels.put("role", service.role());
      }
      all.add(
          new PortSpec(
              service.name(),
              container,
              at.containerPort(),
              at.protocol(),
              at.hostIp(),
              at.hostPort(),
              0,
              labels));
    }
    all.addAll(written);
    return all;
  }

  private static boolean isOf(PortSpec port, ServiceField service) {
    return port.containerPort() == service.port() && port.protocol().equals(service.protocol());
  }

  private static PortSpec chosen(String container, int port, String protocol) {
    return new PortSpec("", container, port, protocol, "", 0, 0, new JsonObject());
  }

  private static PortSpec port(Fields.Member member, String container) {
    String text = member.value() instanceof Integer number ? number.toString() : member.text();
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw mistaken(member);
    }
    String host = form.group(1) == null ? "" : form.group(1).replaceAll("[\\[\\]]", "");
    return new PortSpec(
        "",
        container,
        number(member, form.group(3)),
        form.group(4) == null ? "tcp" : form.group(4),
        host,
        form.group(2) == null ? 0 : number(member, form.group(2)),
        0,
        new JsonObject());
  }

  private static int number(Fields.Member member, String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST) {
      throw mistaken(member);
    }
    return port;
  }

  private static io.dockherd.failure.Invalid mistaken(Fields.Member member) {
    return member.mistyped("a port like 80, \"8080:80\" or \"127.0.0.1:53:53/udp\"");
  }
}
