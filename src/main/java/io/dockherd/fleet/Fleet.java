package io.dockherd.fleet;

import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.networks.NetworkBook;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All engines of the herd as one. Methods that wait are called on virtual threads. */
public interface Fleet {
  /** The herd's name, as containers' {@code io.dockherd.herd} label has it. */
  String herd();

  /** This node's own host. */
  Host local();

  /** All present nodes' hosts, by name. */
  List<Host> hosts();

  /**
   * The host of that node name.
   *
   * @throws NotFound when no such node is present
   */
  Host host(String node);

  /**
   * Finds a container by full id, unique id prefix, name, or one of these on a node: {@code
   * node/name}. Looks at the facts first (a full id, then a name, then a prefix), and asks all
   * engines before it says no, so that what was made this moment is found too.
   *
   * @throws NotFound when nothing fits on any node that answers; says which did not answer
   * @throws Ambiguous when a name or a prefix fits several; candidates as {@code node/name}, each
   *     found when it is asked for
   */
  Located locate(String reference, Duration limit);

  /**
   * The same from facts alone, for callers on an event loop: empty when they know none, or several.
   */
  Optional<Located> locateKnown(String reference);

  /** All containers' facts, by node; no network. Parses each: to list, {@link #containersJson}. */
  List<ContainerFact> containers();

  /**
   * A node's containers as they are known, newest first; no network. The very same list as long as
   * nothing has changed, so that what is made of it can be kept. What is known of an engine that
   * does not answer may be old.
   *
   * @throws NotFound when no such node is present
   */
  List<KnownContainer> known(String node);

  /**
   * The labels constraints are held against: what is known of the node's engine under Swarm's names
   * (storagedriver, ostype, …), the daemon's own, the node's, and what was said of it later.
   *
   * @throws NotFound when no such node is present
   */
  Map<String, String> labels(String node);

  /** Whether that node takes no new container, whoever asks. */
  boolean isDrained(String node);

  /**
   * What the node's engine would answer to {@code GET /containers/json?all=1}, from facts: no
   * network, hardly any work.
   *
   * @return a JSON array, newest container first
   * @throws NotFound when no such node is present
   * @throws Unreachable when the node's engine does not answer it, so that the facts may be old
   */
  Buffer containersJson(String node);

  /**
   * Creates a container on each of {@code count} places chosen by load and free memory; refused
   * ones are tried on the next best node. One outcome for each, in order of completion; never
   * throws for a single one that fails.
   */
  List<Creation> create(CreateOrder order, int count);

  /** Creates one container on that node and no other. */
  Creation createOn(String node, CreateOrder order);

  /**
   * Claims a container name in the whole herd, for a container that is to be given it: rename.
   *
   * <pre>
   * try (NameClaim claim = fleet.claimName("web", limit)) {
   *   if (host.call(rename).isSuccess()) {
   *     claim.taken();
   *   }
   * }</pre>
   *
   * @param limit after which it is free again in any case
   * @throws Conflict when a container has it, or another is just being given it
   */
  NameClaim claimName(String name, Duration limit);

  /**
   * The nodes that may take what is demanded, the best first, and why the others can't; from facts.
   * Nothing is reserved: for what is no container (a build, a volume), or goes to all of them.
   */
  Placement rank(Demand demand);

  /** What each present node carries and has room for, from facts, what is on its way included. */
  List<NodeLoad> loads();

  /**
   * Takes up room at this node's own engine for what is about to be made there: its ports, names
   * and reservations count against all others until it is closed.
   *
   * @throws Refused when there is no room, a port or a name is taken, or the node takes nothing
   */
  Hold hold(Demand demand);

  /**
   * Has an image at this node's own engine; waits.
   *
   * @param isRenewed whether a registry is asked first, although the image may be there already;
   *     else it is brought from another node that has it, and only then from a registry
   * @throws NotFound when it can't be had, with the reason
   * @throws TimedOut when that takes longer than the limit; it goes on all the same
   * @throws Unreachable when the engine does not answer
   */
  void fetchImage(String image, boolean isRenewed, Duration limit);

  /**
   * Does that errand from now on when this or another node asks for it by that name. To be called
   * before others can reach this node.
   */
  void serve(String command, Errand errand);

  /**
   * Has a node, this one included, do an errand; waits for its answer.
   *
   * @throws NotFound when no such node is present
   * @throws Unreachable when it can't be reached or goes before it answers
   * @throws TimedOut when the limit passes: it may or may not have been done
   */
  JsonObject order(String node, String command, JsonObject order, Duration limit);

  /** The networks of the herd, from facts. */
  NetworkBook networks();

  /**
   * That node's own id for a network of the herd, which is made there if it is not there yet.
   *
   * @param reference its id or name in the herd
   * @throws NotFound when the herd has no such network, or no such node
   * @throws Refused when the node's engine won't make it
   */
  String networkOn(String node, String reference, Duration limit);

  /** Tells of every container, image and node event of the herd this node comes to know of. */
  void listen(Consumer<JsonObject> listener);

  /** A container and its owner. */
  record Located(Host host, String id) {}
}
