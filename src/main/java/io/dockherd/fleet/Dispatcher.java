package io.dockherd.fleet;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Placement;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Has containers made at the nodes where they fit best, or, when those won't, at the next best. */
final class Dispatcher {
  private static final Log LOG = Log.of(Dispatcher.class);

  private final String herd;
  private final Hosts hosts;
  private final Neighbours neighbours;
  private final OwnEngines own;
  private final Places places;
  private final Names names;
  private final Doubtful doubtful;
  private final PeerImages peers;

  Dispatcher(
      String herd,
      Hosts hosts,
      Neighbours neighbours,
      OwnEngines own,
      Places places,
      Names names,
      Doubtful doubtful,
      PeerImages peers) {
    this.herd = herd;
    this.hosts = hosts;
    this.neighbours = neighbours;
    this.own = own;
    this.places = places;
    this.names = names;
    this.doubtful = doubtful;
    this.peers = peers;
  }

  /** As {@link Fleet#create}. */
  List<Creation> create(CreateOrder wanted, int count) {
    if (count < 1 || count > 1 && !wanted.name().isEmpty()) {
      throw new Invalid(
          wanted.name(),
          count < 1
              ? "a container can't be created " + count + " times"
              : "one name can't be given to " + count + " containers",
          "");
    }
    Order order = new Order(herd, wanted, TimeLeft.of(wanted.limit()));
    return named(
        wanted,
        () -> {
          List<String> creations = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            creations.add(mark());
          }
          Placement placement = places.take(order, order.demand(), creations);
          return spread(order, creations, placement);
        });
  }

  /** As {@link Fleet#createOn}. */
  Creation createOn(String node, CreateOrder wanted) {
    Order order = new Order(herd, wanted, TimeLeft.of(wanted.limit()));
    return named(
            wanted,
            () -> {
              String creation = mark();
              places.take(order, creation, node);
              return List.of(ask(node, order, creation));
            })
        .getFirst();
  }

  /** A create call's own mark: 60 bits at random. */
  private static String mark() {
    return UUID.randomUUID().toString().replace("-", "").substring(17);
  }

  private List<Creation> spread(Order order, List<String> creations, Placement placement) {
    BlockingQueue<Creation> done = new LinkedBlockingQueue<>();
    for (int i = 0; i < creations.size(); i++) {
      String creation = creations.get(i);
      Optional<String> first =
          i < placement.nodes().size() ? Optional.of(placement.nodes().get(i)) : Optional.empty();
      Thread.ofVirtual()
          .name("create " + creation)
          .start(() -> done.add(placed(order, creation, first, placement)));
    }
    List<Creation> outcomes = new ArrayList<>();
    try {
      while (outcomes.size() < creations.size()) {
        outcomes.add(done.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut("", "interrupted while creating", "", e);
    }
    return outcomes;
  }

  /** Whatever goes wrong is an outcome: somebody waits for as many as were asked for. */
  private Creation placed(
      Order order, String creation, Optional<String> first, Placement placement) {
    try {
      return place(order, creation, first, placement);
    } catch (RuntimeException e) {
      LOG.error("placing broke", e, "creation", creation);
      return Creation.Failed.of(first.orElse(""), e);
    }
  }

  private Creation place(
      Order order, String firstCreation, Optional<String> first, Placement firstPlacement) {
    Demand demand = order.demand();
    Attempt attempt = new Attempt();
    Optional<String> node = first;
    Placement placement = firstPlacement;
    String creation = firstCreation;
    while (node.isPresent()) {
      if (order.left().isOver()) {
        places.settle(creation, attempt.late(node.get(), demand.subject()));
        return attempt.late(node.get(), demand.subject());
      }
      Creation outcome = ask(node.get(), order, creation);
      Optional<Creation> result = attempt.add(outcome);
      if (result.isPresent()) {
        return result.get();
      }
      demand = order.after(outcome, demand);
      creation = mark();
      placement = places.take(order, demand.without(attempt.refusing()), List.of(creation));
      node = placement.nodes().stream().findFirst();
    }
    return attempt.exhausted(demand.subject(), placement.refused(), placement.conditions());
  }

  private Creation ask(String node, Order order, String creation) {
    Creation outcome = command(node, order.command(creation));
    if (Maker.isImageMissing(outcome)
        && (order.order().pull() || peers.isAnywhere(order.image()))) {
      outcome = command(node, order.pullingCommand(creation));
    }
    places.settle(creation, outcome);
    return outcome;
  }

  private Creation command(String node, CreateCommand command) {
    try {
      Member member = hosts.member(node);
      return own.of(member)
          .map(engine -> engine.maker().make(command))
          .orElseGet(() -> relay(member, command));
    } catch (RuntimeException e) {
      return Creation.Failed.of(node, e);
    }
  }

  private Creation relay(Member member, CreateCommand command) {
    Duration limit = command.limit();
    CreateCommand inTime = command.within(RelayHost.beforehand(limit));
    try {
      JsonObject answer = neighbours.command(member, CreateCommand.NAME, inTime.json(), limit);
      return CarriedCreation.of(member.name(), answer);
    } catch (TimedOut | Unreachable e) {
      doubtful.add(command.creation());
      throw HostFailure.ofNode(member.name(), e);
    }
  }

  /** Does it if the name is free in the whole herd, and keeps it from others meanwhile. */
  private List<Creation> named(CreateOrder wanted, Supplier<List<Creation>> making) {
    if (wanted.name().isEmpty()) {
      return making.get();
    }
    try (NameClaim claim = names.claim(wanted.name(), wanted.limit())) {
      List<Creation> made = making.get();
      if (made.stream().anyMatch(Dispatcher::mayBeThere)) {
        claim.taken();
      }
      return made;
    } catch (Conflict e) {
      return List.of(new Creation.Failed("", e, List.of()));
    }
  }

  /** After a time-out nobody knows. */
  private static boolean mayBeThere(Creation outcome) {
    return outcome instanceof Creation.Created
        || outcome instanceof Creation.Failed failed && failed.failure() instanceof TimedOut;
  }
}
