package io.dockherd.doors.docker;

import io.dockherd.engine.ApiVersion;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The present nodes and what is known of their engines: facts, no network. */
public final class HerdEngines {
  private static final KnownEngine UNKNOWN = new KnownEngine(new JsonObject());

  private final Members members;
  private final Facts facts;

  /** Every answer tells the herd's version: a fact is read once, not for each. */
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  private record Reading(Fact fact, KnownEngine engine) {}

  /** A node and its engine. */
  public record Known(Member member, KnownEngine engine) {
    /** The node's name. */
    public String node() {
      return member.name();
    }
  }

  /** As those members and facts have them. */
  public HerdEngines(Members members, Facts facts) {
    this.members = Objects.requireNonNull(members, "members");
    this.facts = Objects.requireNonNull(facts, "facts");
  }

  /** The present members. */
  public Members members() {
    return members;
  }

  /** What all members know first-hand. */
  public Facts facts() {
    return facts;
  }

  /** All, by node name. */
  public List<Known> all() {
    return members.nodes().stream()
        .map(member -> new Known(member, engine(member.name())))
        .toList();
  }

  /** What is known of a node's engine; nothing at all while its node has not told. */
  public KnownEngine engine(String node) {
    return facts
        .find(FactKind.ENGINE, node, FactKind.ONLY)
        .map(fact -> reading(node, fact).engine())
        .orElse(UNKNOWN);
  }

  /**
   * The hosts to ask for what facts don't know: those whose engines answer.
   *
   * @param node the only one in question; "" for all
   */
  public List<Host> asked(List<Host> hosts, String node) {
    return hosts.stream()
        .filter(host -> node.isEmpty() || host.node().equals(node))
        .filter(host -> engine(host.node()).isReachable())
        .toList();
  }

  private Reading reading(String node, Fact fact) {
    Reading last = readings.get(node);
    if (last != null && last.fact == fact) {
      return last;
    }
    Reading now = new Reading(fact, new KnownEngine(fact.json()));
    // Those of nodes long gone are not kept for ever.
    readings.keySet().removeIf(known -> members.named(known).isEmpty());
    readings.put(node, now);
    return now;
  }

  /**
   * The API version of the herd: the newest that all engines speak which answer just now, so that
   * whatever a client asks by it, each of them understands. The newest we know while there is none.
   */
  public ApiVersion advertised() {
    return all().stream()
        .filter(known -> known.engine().isReachable())
        .map(known -> known.engine().json().getString("apiVersion", ""))
        .filter(version -> !version.isEmpty())
        .map(ApiVersion::parse)
        .min(Comparator.naturalOrder())
        .filter(version -> version.compareTo(ApiVersion.NEWEST) < 0)
        .orElse(ApiVersion.NEWEST);
  }
}
