package io.dockherd.node.manage;

import io.dockherd.engine.Engine;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.FactBoard;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.AppointedMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The engines as members of the manager's herd. One that has not said who it is yet is pending: a
 * member named by its address, whose engine is out of reach. Once it has, it is a member by its
 * host's name, watched like a node's own; as long as it is listed it stays one, whether it answers
 * or not.
 */
final class Engines implements AutoCloseable {
  private static final Log LOG = Log.of(Engines.class);

  private final AppointedMembers members;
  private final FactBoard board;
  private final HerdFleet fleet;

  /** By address. Guarded by this. */
  private final Map<HostPort, Place> places = new HashMap<>();

  /** One engine; {@code engine} is empty while it is pending. */
  private record Place(Member member, Identity identity, Optional<Engine> engine) {}

  Engines(AppointedMembers members, FactBoard board, HerdFleet fleet) {
    this.members = members;
    this.board = board;
    this.fleet = fleet;
  }

  /** It is listed, and not known yet. */
  synchronized void pend(HostPort address, String reason) {
    Place before = places.get(address);
    if (before == null || before.engine.isPresent()) {
      remove(address);
      Member member = member(text(address), address.host(), address);
      places.put(address, new Place(member, Identity.NONE, Optional.empty()));
      tellPending(member, reason);
      members.join(member);
    } else {
      tellPending(before.member, reason);
    }
  }

  private void tellPending(Member member, String reason) {
    Buffer fact = new JsonObject().put("reachable", false).put("reason", reason).toBuffer();
    board.as(member.name()).tell(FactKind.ENGINE, FactKind.ONLY, fact);
  }

  /**
   * It has said who it is.
   *
   * @param ip where its published ports are reached
   * @param engine closed here from now on
   * @throws Refused when it is there already by another address
   */
  synchronized void admit(HostPort address, Identity identity, String ip, Engine engine) {
    for (Map.Entry<HostPort, Place> other : places.entrySet()) {
      boolean isSame = other.getValue().identity.equals(identity);
      if (isSame && !other.getKey().equals(address)) {
        throw new Refused(
            text(address),
            "ID duplicated. "
                + identity.id()
                + " shared by this node "
                + text(address)
                + " and another node "
                + text(other.getKey()),
            "list each engine once");
      }
    }
    remove(address);
    String name = name(identity.name(), address);
    Member member = member(name, ip, address);
    places.put(address, new Place(member, identity, Optional.of(engine)));
    fleet.adopt(member, board.as(name), engine);
    members.join(member);
    LOG.info("engine joined", "engine", text(address), "node", name);
  }

  private String name(String hostName, HostPort address) {
    if (members.named(hostName).isEmpty()) {
      return hostName;
    }
    // Only what may stand in a constraint, in 'docker cp' and before a volume's name.
    String apart = hostName + "_" + text(address).replaceAll("[^A-Za-z0-9.]+", "_");
    LOG.warn(
        "two engines' hosts have one name",
        "host",
        hostName,
        "engine",
        text(address),
        "called",
        apart);
    return apart;
  }

  private static Member member(String name, String address, HostPort engine) {
    return new Member(
        new PeerId(UUID.randomUUID().toString()),
        Member.Kind.NODE,
        name,
        address,
        0,
        0,
        0,
        "",
        new JsonObject().put("engineAddress", text(engine)));
  }

  /** It is listed no more. */
  synchronized void remove(HostPort address) {
    Place gone = places.remove(address);
    if (gone == null) {
      return;
    }
    String name = gone.member.name();
    members.leave(name, true);
    fleet.release(gone.member);
    board.depart(name, true);
    gone.engine.ifPresent(
        engine -> {
          engine.close();
          LOG.info("engine left", "engine", text(address), "node", name);
        });
  }

  /** The address at which by that fact is another engine than the one let in. */
  synchronized Optional<HostPort> replaced(Fact fact) {
    KnownEngine now = new KnownEngine(fact.json());
    Identity identity = Identity.of(now);
    if (!now.isReachable()) {
      return Optional.empty();
    }
    return places.entrySet().stream()
        .filter(place -> place.getValue().member.name().equals(fact.owner()))
        .filter(place -> place.getValue().engine.isPresent())
        .filter(place -> !place.getValue().identity.equals(identity))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static String text(HostPort address) {
    String host = address.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port();
  }

  @Override
  public synchronized void close() {
    Map.copyOf(places).keySet().forEach(this::remove);
  }
}
