package io.dockherd.herd.known;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The nodes the herd counts on: a node is known from its first join until it leaves orderly, is
 * forgotten by an operator, or has been gone for {@link #MEMORY}. Reading takes no network.
 *
 * <p>Kept as records, {@code known-nodes/<node>} → {@code {"goneMillis":0}}, so that every node
 * knows, also after all were off; a node that is there is known whatever its record says.
 */
public final class KnownNodes {
  /** How long a node that went without leaving is waited for. */
  public static final Duration MEMORY = Duration.ofDays(7);

  /** What the keys of their records begin with. */
  public static final String PREFIX = "known-nodes/";

  static final String GONE = "goneMillis";

  private final Members members;
  private final Records records;
  private final InstantSource clock;

  /** What those records say. */
  public KnownNodes(Members members, Records records, InstantSource clock) {
    this.members = Objects.requireNonNull(members, "members");
    this.records = Objects.requireNonNull(records, "records");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** All, by name. */
  public List<KnownNode> all() {
    TreeMap<String, KnownNode> all = new TreeMap<>();
    for (Record record : records.under(PREFIX)) {
      String name = record.key().substring(PREFIX.length());
      long gone = gone(record.value());
      if (!isExpired(gone)) {
        all.put(name, new KnownNode(name, false, gone));
      }
    }
    for (Member node : members.nodes()) {
      all.put(node.name(), new KnownNode(node.name(), true, 0));
    }
    return List.copyOf(all.values());
  }

  /** Those that are not there, by name. */
  public List<KnownNode> absent() {
    return all().stream().filter(node -> !node.isPresent()).toList();
  }

  /** Whether the herd counts on that node. */
  public boolean knows(String name) {
    return all().stream().anyMatch(node -> node.name().equals(name));
  }

  /**
   * Whether more than half of the known nodes are there: then no other side of a split can see the
   * same.
   */
  public boolean majority() {
    List<KnownNode> all = all();
    return 2 * all.stream().filter(KnownNode::isPresent).count() > all.size();
  }

  /**
   * Whether what a lost node had may be made anew here: where a majority is seen; and in a herd of
   * two by the one that is left, for it can't tell a death from a cut, and two nodes are to be
   * enough.
   */
  public boolean mayReplace() {
    return majority() || all().size() == 2;
  }

  /**
   * Counts on that node no more. Should it come again, it is known again.
   *
   * @throws Conflict when it is there
   * @throws NotFound when it is not known
   * @throws TimedOut when that was not written in time: it may or may not have happened
   */
  public void forget(String name, Duration limit) {
    if (members.nodes().stream().anyMatch(node -> node.name().equals(name))) {
      throw new Conflict(name, "node '" + name + "' is present", "stop it first");
    }
    if (!records.delete(PREFIX + name, limit)) {
      throw new NotFound(name, "no node '" + name + "' is known", "");
    }
  }

  boolean isExpired(long gone) {
    return gone > 0 && clock.millis() - gone > MEMORY.toMillis();
  }

  static long gone(JsonObject value) {
    return value.getValue(GONE) instanceof Number millis ? millis.longValue() : 0;
  }
}
