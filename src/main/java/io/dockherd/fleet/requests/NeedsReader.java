package io.dockherd.fleet.requests;

import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.PortClaim;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container takes of its node, by the document it is made of:
 *
 * <pre>
 * {"ExposedPorts":{"80/tcp":{}},"HostConfig":{"NetworkMode":"bridge","Memory":…,"MemoryReservation":…,
 *  "NanoCpus":…,"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]}}}</pre>
 *
 * <p>Memory reserved is {@code --memory-reservation}, or the limit where only that is given; CPUs
 * are {@code --cpus}, or the cores of {@link SwarmLabel#CORES}. A quota or a set of CPUs reserves
 * nothing: they only limit.
 */
public final class NeedsReader {
  /**
   * The label by which a container says what it reserves, whatever its limits: <code>
   * {"memoryBytes":67108864,"nanoCpus":500000000}</code>.
   */
  public static final String LABEL = "io.dockherd.needs";

  /** What of a container's inspect answer has to be kept to read its needs. */
  private static final List<String> KEPT =
      List.of("Memory", "MemoryReservation", "NanoCpus", "PortBindings", "NetworkMode");

  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
  private static final Pattern EXPOSED = Pattern.compile("([0-9]{1,5})(?:/([a-z]+))?");
  private static final int LAST_PORT = 65535;

  private NeedsReader() {}

  /** The part of an inspect answer that {@link #needs} reads; small, for it is told to all. */
  public static JsonObject kept(JsonObject inspected) {
    JsonObject from = Fields.object(inspected, "HostConfig");
    JsonObject host = new JsonObject();
    for (String key : KEPT) {
      Object value = from.getValue(key);
      boolean isNothing =
          value == null
              || value instanceof Number number && number.longValue() == 0
              || value instanceof JsonObject object && object.isEmpty();
      if (!isNothing) {
        host.put(key, value);
      }
    }
    JsonObject kept = new JsonObject().put("HostConfig", host);
    if (isOfHostNetwork(host)) {
      kept.put("ExposedPorts", Fields.object(Fields.object(inspected, "Config"), "ExposedPorts"));
    }
    return kept;
  }

  /** What is asked for. */
  public static Needs needs(JsonObject document) {
    JsonObject host = Fields.object(document, "HostConfig");
    JsonObject said = said(Fields.text(Fields.object(document, "Labels"), LABEL));
    if (!said.isEmpty()) {
      return new Needs(
          Fields.amount(said, "memoryBytes"),
          Fields.amount(said, "nanoCpus"),
          ports(document, host));
    }
    long reservation = Fields.amount(host, "MemoryReservation");
    return new Needs(
        reservation > 0 ? reservation : Fields.amount(host, "Memory"),
        nanoCpus(document, host),
        ports(document, host));
  }

  /**
   * What a container on an engine takes.
   *
   * @param kept as {@link #kept} made it
   * @param entry of the engine's list, which says which ports it got where it left the choice
   */
  public static Needs needs(JsonObject kept, JsonObject entry) {
    Needs asked = needs(kept.copy().put("Labels", entry.getValue("Labels")));
    Set<PortClaim> ports = new LinkedHashSet<>(asked.ports());
    for (Object port : Fields.array(entry, "Ports")) {
      if (port instanceof JsonObject held && held.getValue("PublicPort") instanceof Number number) {
        ports.add(
            PortClaim.published(
                Fields.text(held, "IP"), number.intValue(), Fields.text(held, "Type")));
      }
    }
    return new Needs(asked.memoryBytes(), asked.nanoCpus(), List.copyOf(ports));
  }

  private static JsonObject said(String label) {
    try {
      return label.isEmpty() ? new JsonObject() : new JsonObject(label);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  private static long nanoCpus(JsonObject document, JsonObject host) {
    String cores = Fields.text(Fields.object(document, "Labels"), SwarmLabel.CORES);
    return cores.matches("[0-9]{1,6}")
        ? Long.parseLong(cores) * 1_000_000_000L
        : Fields.amount(host, "NanoCpus");
  }

  private static boolean isOfHostNetwork(JsonObject host) {
    return Fields.text(host, "NetworkMode").equals("host");
  }

  private static List<PortClaim> ports(JsonObject document, JsonObject host) {
    List<PortClaim> claims = new ArrayList<>();
    if (isOfHostNetwork(host)) {
      for (String port : Fields.object(document, "ExposedPorts").fieldNames()) {
        claim(true, "", port, protocol(port)).ifPresent(claims::add);
      }
      return claims;
    }
    JsonObject bindings = Fields.object(host, "PortBindings");
    for (String port : bindings.fieldNames()) {
      for (Object binding : bindings.getValue(port) instanceof JsonArray all ? all : List.of()) {
        if (binding instanceof JsonObject one) {
          claim(false, Fields.text(one, "HostIp"), Fields.text(one, "HostPort"), protocol(port))
              .ifPresent(claims::add);
        }
      }
    }
    return claims;
  }

  private static String protocol(String port) {
    Matcher exposed = EXPOSED.matcher(port);
    return exposed.matches() && exposed.group(2) != null ? exposed.group(2) : "tcp";
  }

  /** None where the choice is the engine's: no port, 0, or something it will complain about. */
  private static Optional<PortClaim> claim(
      boolean isOfHostNetwork, String ip, String text, String protocol) {
    Matcher port = PORT.matcher(isOfHostNetwork ? text.replaceFirst("/.*", "") : text);
    if (!port.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(port.group(1));
    int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
    return first > 0 && first <= last && last <= LAST_PORT
        ? Optional.of(new PortClaim(isOfHostNetwork, ip, first, last, protocol))
        : Optional.empty();
  }
}
