package io.dockherd.fleet.watch;

import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of an engine may not be as it was told any more.
 *
 * @param containers references (ids, names); {@link #ALL} for whichever
 */
public record Touched(Set<String> containers, boolean images, boolean volumes, boolean networks) {
  /** Stands for every container. */
  public static final String ALL = "";

  /** Nothing. */
  public static final Touched NOTHING = new Touched(Set.of(), false, false, false);

  /** Everything. */
  public static final Touched EVERYTHING = new Touched(Set.of(ALL), true, true, true);

  /** The networks. */
  public static final Touched NETWORKS = new Touched(Set.of(), false, false, true);

  private static final Touched IMAGES = new Touched(Set.of(), true, false, false);
  private static final Touched VOLUMES = new Touched(Set.of(), false, true, false);

  private static final Set<String> CONTAINER_CALLS =
      Set.of("start", "stop", "restart", "kill", "pause", "unpause", "rename", "update");
  private static final Set<String> CONTAINER_EVENTS =
      Set.of(
          "create", "start", "restart", "die", "stop", "destroy", "pause", "unpause", "rename",
          "update");

  public Touched {
    containers = Set.copyOf(containers);
  }

  /** One container. */
  public static Touched container(String reference) {
    return new Touched(Set.of(reference), false, false, false);
  }

  /** Whichever images. */
  public static Touched anyImage() {
    return IMAGES;
  }

  /** Whether it is nothing. */
  public boolean isNothing() {
    return equals(NOTHING);
  }

  /** Both. */
  public Touched and(Touched other) {
    Set<String> both = new HashSet<>(containers);
    both.addAll(other.containers);
    return new Touched(
        both, images || other.images, volumes || other.volumes, networks || other.networks);
  }

  /** What an event changes. Most change nothing that lists show: execs, attaches, copies. */
  static Touched by(EngineEvent event) {
    return switch (event.type()) {
      case "container" -> byContainerEvent(event);
      case "image" -> IMAGES;
      case "volume" -> isCreation(event) ? VOLUMES : NOTHING;
      case "network" -> byNetworkEvent(event);
      default -> NOTHING;
    };
  }

  private static Touched byContainerEvent(EngineEvent event) {
    String action = event.action();
    if (CONTAINER_EVENTS.contains(action) || action.startsWith("health_status")) {
      return container(event.id());
    }
    return action.equals("commit") ? IMAGES : NOTHING;
  }

  private static Touched byNetworkEvent(EngineEvent event) {
    if (isCreation(event)) {
      return NETWORKS;
    }
    JsonObject actor = event.json().getJsonObject("Actor", new JsonObject());
    String container =
        actor.getJsonObject("Attributes", new JsonObject()).getString("container", "");
    return container.isEmpty() ? NOTHING : container(container);
  }

  private static boolean isCreation(EngineEvent event) {
    return switch (event.action()) {
      case "create", "destroy", "remove", "update", "prune" -> true;
      default -> false;
    };
  }

  /**
   * What a call changed that was answered so. References are as the caller gave them.
   *
   * @param answer empty while there is only the head of a streamed one
   */
  public static Touched by(EngineRequest request, Optional<EngineResponse> answer) {
    if (request.method().equals("GET") || request.method().equals("HEAD")) {
      return NOTHING;
    }
    List<String> path = segments(request.path());
    String last = path.getLast();
    boolean deletes = request.method().equals("DELETE");
    return switch (path.getFirst()) {
      case "containers" -> byContainerCall(request, path, answer);
      case "images" -> last.equals("push") ? NOTHING : IMAGES;
      case "build", "commit" -> IMAGES;
      case "volumes" -> VOLUMES;
      case "networks" ->
          deletes || path.size() < 3 ? NETWORKS : container(connected(request.body()));
      default -> NOTHING;
    };
  }

  /**
   * Whether what a call changes is done only when its answer's body has come to its end, which
   * tells of the progress: pull, load, build.
   */
  public static boolean isDoneAtTheEnd(EngineRequest request) {
    return switch (request.path()) {
      case "/images/create", "/images/load", "/build" -> true;
      default -> false;
    };
  }

  private static Touched byContainerCall(
      EngineRequest request, List<String> path, Optional<EngineResponse> answer) {
    String last = path.getLast();
    if (path.size() == 2) {
      return switch (last) {
        case "create" -> answer.map(Touched::created).orElse(EVERYTHING);
        case "prune" -> container(ALL).and(VOLUMES);
        default ->
            request.query().containsKey("v") ? container(last).and(VOLUMES) : container(last);
      };
    }
    return path.size() == 3 && CONTAINER_CALLS.contains(last) ? container(path.get(1)) : NOTHING;
  }

  private static Touched created(EngineResponse answer) {
    return answer
        .json()
        .filter(JsonObject.class::isInstance)
        .map(object -> ((JsonObject) object).getString("Id", ALL))
        .map(Touched::container)
        .orElse(NOTHING);
  }

  private static String connected(EngineRequest.Body body) {
    if (body instanceof EngineRequest.Body.Bytes(String type, var bytes)) {
      try {
        return bytes.toJsonObject().getString("Container", ALL);
      } catch (DecodeException | ClassCastException e) {
        // The engine has said what is wrong with it.
        return ALL;
      }
    }
    return ALL;
  }

  private static List<String> segments(String path) {
    return java.util.Arrays.stream(path.substring(1).split("/", -1))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }
}
