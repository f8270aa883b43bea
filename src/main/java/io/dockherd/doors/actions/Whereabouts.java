package io.dockherd.doors.actions;

import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds what a request is about: by its {@code id} and {@code node} fields and, failing those, by
 * the address it came in on.
 */
public final class Whereabouts {
  private final Fleet fleet;
  private final String clusterAddress;
  private final Duration limit;

  /** {@code limit}: how long looking for one container may take. */
  public Whereabouts(Fleet fleet, String clusterAddress, Duration limit) {
    this.fleet = fleet;
    this.clusterAddress = clusterAddress;
    this.limit = limit;
  }

  /**
   * The container a request is about. What fits several containers means the one on the node that
   * is named, or whose address the request came in on.
   *
   * @throws Invalid when none is named
   * @throws NotFound when it is nowhere, or not on the node that is named
   * @throws Ambiguous when it could be several
   */
  public Fleet.Located container(ActionRequest request) {
    String reference = reference(request);
    Optional<Host> named = request.get(CommonFields.NODE).map(this::nodeNamed);
    Optional<String> preferred =
        named
            .map(Host::node)
            .or(
                () ->
                    request.arrival() instanceof Arrival.AtNode(String node)
                        ? Optional.of(node)
                        : Optional.empty());
    Fleet.Located located = locate(reference, preferred, request);
    if (named.isPresent() && !located.host().node().equals(named.get().node())) {
      throw new NotFound(
          reference,
          "'" + reference + "' is on " + located.host().node() + ", not on " + named.get().node(),
          "leave out the node, or name the right one");
    }
    return located;
  }

  /**
   * The same container without waiting: empty unless facts know it, and the request names no node
   * besides.
   */
  public Optional<Fleet.Located> known(ActionRequest request) {
    boolean isAtNode = request.arrival() instanceof Arrival.AtNode;
    return isAtNode || request.get(CommonFields.NODE).isPresent()
        ? Optional.empty()
        : fleet.locateKnown(reference(request));
  }

  /**
   * The node a request is about, if it says: by {@code node}; by {@code <cluster>.<node>} or a
   * container's id in {@code id}; by the address it came in on.
   *
   * @throws NotFound when it names one that is not there
   */
  public Optional<Host> node(ActionRequest request) {
    Optional<Host> named = request.get(CommonFields.NODE).map(this::nodeNamed);
    if (named.isPresent()) {
      return named;
    }
    Optional<String> id = request.get(CommonFields.ID).map(Whereabouts::bare);
    if (id.isPresent()) {
      return id.get().equals(clusterAddress)
          ? Optional.empty()
          : Optional.of(beside(id.get(), request));
    }
    return switch (request.arrival()) {
      case Arrival.AtNode(String node) -> Optional.of(fleet.host(node));
      case Arrival.AtContainer(String container) -> Optional.of(beside(container, request));
      case Arrival.Anywhere() -> Optional.empty();
    };
  }

  /**
   * Sees to it that a name is nobody else's in the whole herd; one engine can only speak for
   * itself.
   *
   * @throws Conflict when another container has it
   */
  public void checkFree(String name, Fleet.Located container) {
    String wanted = bare(name);
    fleet.containers().stream()
        .filter(fact -> fact.names().contains(wanted) && !fact.id().equals(container.id()))
        .findFirst()
        .ifPresent(
            holder -> {
              throw new Conflict(
                  wanted,
                  "the container name '"
                      + wanted
                      + "' is in use by "
                      + holder.id()
                      + " on "
                      + holder.node(),
                  "remove or rename that container, or choose another name");
            });
  }

  /** The node a request is about, or this one. */
  public Host nodeOrThis(ActionRequest request) {
    return node(request).orElseGet(fleet::local);
  }

  private static String reference(ActionRequest request) {
    return request
        .get(CommonFields.ID)
        .map(Whereabouts::bare)
        .or(
            () ->
                request.arrival() instanceof Arrival.AtContainer(String id)
                    ? Optional.of(id)
                    : Optional.empty())
        .orElseThrow(() -> Field.missing(CommonFields.ID.name()));
  }

  private Fleet.Located locate(
      String reference, Optional<String> preferred, ActionRequest request) {
    try {
      return fleet.locate(reference, request.deadline().left(limit));
    } catch (Ambiguous e) {
      if (preferred.isEmpty()) {
        throw e;
      }
      return onlyOn(preferred.get(), reference, request, e);
    }
  }

  private Fleet.Located onlyOn(
      String node, String reference, ActionRequest request, Ambiguous ambiguous) {
    try {
      return fleet.locate(node + "/" + reference, request.deadline().left(limit));
    } catch (NotFound e) {
      throw ambiguous;
    }
  }

  /** The node of that address, or the one that has that container: the seed's way to place. */
  private Host beside(String reference, ActionRequest request) {
    return nodeAddressed(reference)
        .orElseGet(
            () -> {
              try {
                return fleet.locate(reference, request.deadline().left(limit)).host();
              } catch (NotFound e) {
                throw new NotFound(
                    reference,
                    "there is neither a node nor a container '" + reference + "'",
                    "list-nodes and list-containers show what there is",
                    e);
              }
            });
  }

  /** A node by its name or, as the seed's clients may have it, by its address. */
  private Host nodeNamed(String given) {
    return nodeAddressed(given).orElseGet(() -> fleet.host(given));
  }

  private Optional<Host> nodeAddressed(String address) {
    return fleet.hosts().stream()
        .filter(host -> address.equals(clusterAddress + "." + host.node()))
        .findFirst();
  }

  /** The engine's lists show names with a leading slash. */
  private static String bare(String reference) {
    return reference.startsWith("/") && reference.length() > 1 ? reference.substring(1) : reference;
  }
}
