package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which containers a list shows: Docker's filters with Docker's rules, and {@code node}, the name
 * of a node or a regular expression for it.
 */
final class ContainerFilter {
  private static final Set<String> KNOWN =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "expose",
          "health",
          "id",
          "is-task",
          "isolation",
          "label",
          "name",
          "network",
          "node",
          "publish",
          "since",
          "status",
          "volume");
  private static final Set<String> STATES =
      Set.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
  private static final Set<String> HEALTHS = Set.of("none", "starting", "healthy", "unhealthy");

  /** By this label an engine of a swarm marks its tasks. */
  private static final String TASK_LABEL = "com.docker.swarm.task";

  private final Filters filters;
  private final Set<Integer> exitCodes;
  private final Set<String> published;
  private final Set<String> exposed;
  private final Optional<Boolean> isTask;

  private ContainerFilter(Filters filters) {
    this.filters = filters;
    this.exitCodes =
        filters.get("exited").stream().map(ContainerFilter::code).collect(Collectors.toSet());
    this.published = Ports.of("publish", filters.get("publish"));
    this.exposed = Ports.of("expose", filters.get("expose"));
    this.isTask =
        filters.has("is-task") ? Optional.of(filters.truth("is-task", false)) : Optional.empty();
  }

  /**
   * Reads a list's filters; {@code before}, {@code since} and {@code ancestor}, which are about
   * other things than the container itself, are left to the list.
   *
   * @throws Invalid for a filter Docker does not know, or a value it can't have
   */
  static ContainerFilter of(Filters filters) {
    filters.only(KNOWN);
    filters.get("status").forEach(state -> check("status", state, STATES));
    filters.get("health").forEach(health -> check("health", health, HEALTHS));
    return new ContainerFilter(filters);
  }

  private static void check(String field, String value, Set<String> possible) {
    if (!possible.contains(value)) {
      throw new Invalid(field, "invalid filter '" + field + "=" + value + "'", "");
    }
  }

  private static int code(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Invalid("exited", "invalid filter 'exited=" + text + "'", "", e);
    }
  }

  /** Whether there is nothing to hold a container against. */
  boolean isEmpty() {
    return filters.values().isEmpty();
  }

  /** Whether it asks for states, so that those that do not run are shown too. */
  boolean showsAll() {
    return filters.has("status") || filters.has("exited");
  }

  /** What {@code before}, {@code since} and {@code ancestor} name. */
  List<String> get(String field) {
    return filters.get(field);
  }

  /** Whether the list is to show it. */
  boolean admits(Sight sight) {
    JsonObject entry = sight.entry();
    return hasName(sight)
        && filters.matches("id", sight.known().id())
        && filters.hasAll("label", sight.labels())
        && filters.matches("node", sight.node())
        && filters.any("isolation", wanted -> wanted.equals("default"))
        && isTask.map(wanted -> wanted == sight.labels().containsKey(TASK_LABEL)).orElse(true)
        && filters.isExactly("status", sight.known().status().state())
        && hasExited(sight)
        && filters.isExactly("health", health(sight))
        && filters.any("volume", volume -> mounts(entry, volume))
        && filters.any("network", network -> isOn(entry, network))
        && hasPort(entry);
  }

  private boolean hasName(Sight sight) {
    return filters.any(
        "name",
        wanted ->
            sight.known().names().stream().anyMatch(name -> isNamed(wanted, name, sight.node())));
  }

  /** With the node only where somebody wrote one: "host" is not to find all of node host-1. */
  private static boolean isNamed(String wanted, String name, String node) {
    boolean isOnNode = wanted.replaceFirst("^\\^?/", "").contains("/");
    String whole = isOnNode ? node + "/" + name : name;
    return Filters.fits(wanted, whole) || Filters.fits(wanted, "/" + whole);
  }

  private boolean hasExited(Sight sight) {
    return exitCodes.isEmpty()
        || !sight.isRunning()
            && sight.known().status().startedMillis() > 0
            && exitCodes.contains(sight.known().status().exitCode());
  }

  private static String health(Sight sight) {
    String health = sight.known().status().health();
    return health.isEmpty() ? "none" : health;
  }

  private static boolean mounts(JsonObject entry, String volume) {
    return objects(entry, "Mounts").stream()
        .anyMatch(
            mount ->
                volume.equals(mount.getString("Name"))
                    || volume.equals(mount.getString("Destination")));
  }

  private static boolean isOn(JsonObject entry, String wanted) {
    JsonObject networks =
        entry
            .getJsonObject("NetworkSettings", new JsonObject())
            .getJsonObject("Networks", new JsonObject());
    return networks.stream()
        .anyMatch(
            network ->
                network.getKey().equals(wanted)
                    || network.getValue() instanceof JsonObject endpoint
                        && endpoint.getString("NetworkID", "").startsWith(wanted));
  }

  private boolean hasPort(JsonObject entry) {
    return published.isEmpty() && exposed.isEmpty()
        || objects(entry, "Ports").stream()
            .anyMatch(
                port ->
                    published.contains(name(port, "PublicPort"))
                        || exposed.contains(name(port, "PrivatePort")));
  }

  private static String name(JsonObject port, String which) {
    return port.getInteger(which, 0) + "/" + port.getString("Type", "tcp");
  }

  private static List<JsonObject> objects(JsonObject entry, String field) {
    return entry.getJsonArray(field, new JsonArray()).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }
}
