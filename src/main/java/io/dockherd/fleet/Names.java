package io.dockherd.fleet;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps a container's name from being given twice in the herd, also when two nodes are asked in the
 * same moment: before a name is given it is claimed at two nodes, those that hash highest with it.
 * Whoever claims the same name asks the same two. One would do while the herd stays as it is; with
 * two, of which one is still asked after any one node has come or gone, it holds through that too.
 *
 * <p>Two sides of a split don't hear of each other's claims; what that leads to is told by {@link
 * Namesakes}.
 */
final class Names {
  static final String CLAIM = "claim-name";
  static final String RELEASE = "release-name";

  private static final Log LOG = Log.of(Names.class);
  private static final int KEEPERS = 2;

  /** A node that takes longer is passed over like one that is not there. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final Members members;
  private final Neighbours neighbours;
  private final RunningClaims running;

  Names(Members members, Neighbours neighbours, RunningClaims running) {
    this.members = members;
    this.neighbours = neighbours;
    this.running = running;
  }

  /**
   * Claims a name.
   *
   * @param limit after which it is free again if it is not let go of
   * @throws Conflict when it is in use or claimed by another
   */
  NameClaim claim(String name, Duration limit) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    if (bare.isEmpty()) {
      throw new Invalid(name, "'" + name + "' is no name for a container", "");
    }
    Held held = new Held(bare, UUID.randomUUID().toString());
    JsonObject claim = held.json().put("limitMillis", limit.toMillis());
    try {
      for (Member node : ranked(bare)) {
        if (held.keepers.size() < KEEPERS && isClaimed(node, claim)) {
          held.keepers.add(node);
        }
      }
    } catch (Failure e) {
      held.close();
      throw e;
    }
    return held;
  }

  private List<Member> ranked(String name) {
    return Electorate.of(members.nodes()).ranked("container name " + name).stream()
        .map(voter -> members.named(voter.name()))
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean isClaimed(Member node, JsonObject claim) {
    try {
      ask(node, CLAIM, claim);
      return true;
    } catch (Unreachable | TimedOut e) {
      LOG.debug("name not claimed", "node", node.name(), "reason", e.getMessage());
      return false;
    }
  }

  private void ask(Member node, String command, JsonObject order) {
    if (node.peer().equals(members.self().peer())) {
      obey(command, order);
    } else {
      neighbours.command(node, command, order, ANSWER);
    }
  }

  /** Does what another node asks for, or this one itself. */
  JsonObject obey(String command, JsonObject order) {
    return command.equals(CLAIM) ? running.claim(order) : running.release(order);
  }

  private final class Held implements NameClaim {
    private final String name;
    private final String mark;
    private final List<Member> keepers = new ArrayList<>();
    private boolean isTaken;

    private Held(String name, String mark) {
      this.name = name;
      this.mark = mark;
    }

    private JsonObject json() {
      return new JsonObject()
          .put("name", name)
          .put("mark", mark)
          .put("holder", members.self().name())
          .put("life", members.self().peer().value());
    }

    @Override
    public void taken() {
      isTaken = true;
    }

    @Override
    public void close() {
      for (Member keeper : keepers) {
        try {
          ask(keeper, RELEASE, json().put("taken", isTaken));
        } catch (Failure e) {
          // It is free again after its limit.
          LOG.debug("name not let go", "node", keeper.name(), "reason", e.getMessage());
        }
      }
    }
  }
}
