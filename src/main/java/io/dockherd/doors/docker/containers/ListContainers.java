package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Endpoint;
import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /containers/json}: all of the herd, from facts: no engine is asked but for sizes. */
public final class ListContainers implements Endpoint {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** More are not listed on an event loop: a thousand take about a millisecond. */
  private static final int MOST_AT_ONCE = 1_000;

  private final Fleet fleet;
  private final Sights sights;
  private final Facts facts;
  private final Ancestors ancestors;
  private final Sizes sizes;
  private final InstantSource clock;

  /** The list of that fleet. */
  public ListContainers(Fleet fleet, Sights sights, Facts facts, InstantSource clock) {
    this.fleet = fleet;
    this.sights = sights;
    this.facts = facts;
    this.ancestors = new Ancestors(facts);
    this.sizes = new Sizes(fleet);
    this.clock = clock;
  }

  /** Its routes; the second one is from before there were versions. */
  public List<Route> routes() {
    return List.of(
        Route.read("GET", "/containers/json", "container.list", this),
        Route.read("GET", "/containers/ps", "container.list", this));
  }

  @Override
  public Optional<Future<Reply>> atOnce(DockerCall call) {
    boolean isPlain = !call.query().isOn("size") && call.query().text("filters").isEmpty();
    // By the facts, for to read them all takes longer than to list what was read.
    return isPlain && facts.of(FactKind.CONTAINER).size() <= MOST_AT_ONCE
        ? Optional.of(Future.succeededFuture(answer(call)))
        : Optional.empty();
  }

  @Override
  public Reply answer(DockerCall call) {
    Filters filters = Filters.parse(call.query().text("filters"));
    ContainerFilter filter = ContainerFilter.of(filters);
    int limit = call.query().number("limit").orElse(0);
    boolean all = call.query().isOn("all") || limit > 0 || filter.showsAll();
    Stream<Sight> fitting = sights.all().stream();
    if (!filter.isEmpty()) {
      fitting = within(fitting.toList(), filter).stream();
      Predicate<Sight> made = madeFrom(filter.get("ancestor"));
      fitting = fitting.filter(filter::admits).filter(made);
    }
    List<Sight> listed =
        fitting
            .filter(sight -> all || sight.isUp())
            .limit(limit > 0 ? limit : Integer.MAX_VALUE)
            .toList();
    return Replies.json(200, call.query().isOn("size") ? sized(listed) : json(listed));
  }

  /** Those created before the one and after the other; the list is newest first. */
  private List<Sight> within(List<Sight> sorted, ContainerFilter filter) {
    int from = id(filter.get("before")).map(id -> indexOf(id, sorted) + 1).orElse(0);
    int to = id(filter.get("since")).map(id -> indexOf(id, sorted)).orElse(sorted.size());
    return from < to ? sorted.subList(from, to) : List.of();
  }

  private Optional<String> id(List<String> references) {
    return references.stream().findFirst().map(name -> fleet.locate(name, LIMIT).id());
  }

  /** −1 for one made this moment, which no fact tells of yet: it is newer than all. */
  private static int indexOf(String id, List<Sight> sorted) {
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).known().id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private Predicate<Sight> madeFrom(List<String> references) {
    if (references.isEmpty()) {
      return sight -> true;
    }
    Set<String> images = ancestors.idsOf(references);
    return sight -> images.contains(sight.entry().getString("ImageID", ""));
  }

  private Buffer json(List<Sight> listed) {
    List<KnownContainer> shown = listed.stream().map(Sight::shown).toList();
    return KnownContainer.list(shown, clock.instant());
  }

  private Buffer sized(List<Sight> listed) {
    Set<String> nodes = listed.stream().map(Sight::node).collect(Collectors.toSet());
    Map<String, JsonObject> all = sizes.of(nodes);
    JsonArray entries = new JsonArray();
    for (Sight sight : listed) {
      JsonObject size = all.getOrDefault(sight.known().id(), new JsonObject());
      entries.add(sight.shown().summary(clock.instant()).mergeIn(size));
    }
    return entries.toBuffer();
  }
}
