package io.dockherd.fleet.watch;

import io.dockherd.fleet.requests.NeedsReader;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What has been told of this engine's containers, and how it is brought up to date: a list says
 * what there is, an inspect says since when and why. Rounds come one after the other.
 *
 * <p>An engine's list lags behind: dockerd tells that a container died, and answers a stop, some
 * milliseconds before its list shows it. Inspect shows it at once. So what an event or a call names
 * is always inspected, inspect has the last word, and while the list says otherwise it is asked for
 * again.
 */
final class ContainerBook implements Refresher.Round {
  /** Beyond so many it is cheaper to list all than to name each. */
  private static final int MOST_BY_NAME = 50;

  /** After so many times a list that still says otherwise is left to the next sweep. */
  private static final int MOST_TRIES = 40;

  private final EngineReader engine;
  private final Facts facts;
  private final InstantSource clock;
  private final Consumer<Set<String>> again;
  private final Map<String, Integer> lagging = new HashMap<>();
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  /** What was told of one container; {@code entry} without its status text. */
  private record Told(
      JsonObject entry,
      ContainerStatus status,
      long createdNanos,
      JsonObject asks,
      Optional<Buffer> recreation) {}

  /** A list entry that inspecting has more to say about. */
  private record Open(String id, JsonObject entry) {}

  /**
   * @param again takes the ids that are to be looked at again in a moment
   */
  ContainerBook(
      EngineReader engine, Facts facts, InstantSource clock, Consumer<Set<String>> again) {
    this.again = again;
    this.engine = engine;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void run(Set<String> references) {
    Set<String> ids = references.stream().map(this::idOf).collect(Collectors.toSet());
    if (ids.contains(Touched.ALL) || ids.size() > MOST_BY_NAME) {
      refreshAll();
    } else {
      refresh(ids);
    }
  }

  /** How many run or are yet to run. */
  int occupying() {
    return (int) told.values().stream().filter(known -> known.status.isOccupying()).count();
  }

  /** The id a reference means; {@link Touched#ALL} when that is not known. */
  private String idOf(String reference) {
    if (reference.length() == 64 || reference.equals(Touched.ALL)) {
      return reference;
    }
    List<String> fitting =
        told.entrySet().stream()
            .filter(e -> e.getKey().startsWith(reference) || isNamed(e.getValue(), reference))
            .map(Map.Entry::getKey)
            .toList();
    return fitting.size() == 1 ? fitting.getFirst() : Touched.ALL;
  }

  private static boolean isNamed(Told known, String name) {
    return known.entry.getJsonArray("Names", null) != null
        && known.entry.getJsonArray("Names").contains("/" + name);
  }

  private void refresh(Set<String> ids) {
    Map<String, JsonObject> entries = byId(engine.containers(ids));
    List<Open> open = new ArrayList<>();
    for (String id : ids) {
      JsonObject entry = entries.get(id);
      if (entry == null) {
        forget(id);
      } else {
        open.add(new Open(id, entry));
      }
    }
    inspect(open);
  }

  /**
   * Tells everything at once as far as the list alone goes, then the rest as inspecting brings it:
   * a node with hundreds of containers is of use from the first list on.
   */
  private void refreshAll() {
    Map<String, JsonObject> entries = byId(engine.containers());
    List<Open> open = new ArrayList<>();
    told.keySet().retainAll(entries.keySet());
    lagging.keySet().retainAll(entries.keySet());
    entries.forEach(
        (id, entry) -> {
          if (!keep(id, entry)) {
            open.add(new Open(id, entry));
            told.computeIfAbsent(id, unseen -> listed(entry));
          }
        });
    Map<String, Buffer> values = new LinkedHashMap<>();
    told.forEach((id, known) -> values.put(id, value(known)));
    facts.tellAll(FactKind.CONTAINER, values);
    Map<String, Buffer> recreations = new LinkedHashMap<>();
    told.forEach((id, known) -> known.recreation.ifPresent(value -> recreations.put(id, value)));
    facts.tellAll(FactKind.RECREATION, recreations);
    inspect(open);
  }

  /** Takes over the entry if what is known of its status still holds. */
  private boolean keep(String id, JsonObject entry) {
    Told known = told.get(id);
    Instant now = clock.instant();
    boolean holds =
        known != null
            && known.status.state().equals(entry.getString("State", ""))
            // Put on a network or taken off: what it takes to make it anew is another then.
            && Objects.equals(
                known.entry.getValue("NetworkSettings"), entry.getValue("NetworkSettings"))
            && known.status.explains(entry.getString("Status", ""), now);
    if (holds) {
      told.put(
          id,
          new Told(
              withoutStatus(entry),
              known.status,
              known.createdNanos,
              known.asks,
              known.recreation));
    }
    return holds;
  }

  private void inspect(List<Open> open) {
    List<Optional<JsonObject>> answers =
        InParallel.map(open, container -> engine.container(container.id));
    Set<String> late = new HashSet<>();
    for (int i = 0; i < answers.size(); i++) {
      String id = open.get(i).id;
      if (answers.get(i).isEmpty()) {
        forget(id);
        continue;
      }
      Told now = inspected(open.get(i).entry, answers.get(i).get());
      told.put(id, now);
      tell(id);
      if (isLagging(id, now.status.state().equals(open.get(i).entry.getString("State")))) {
        late.add(id);
      }
    }
    if (!late.isEmpty()) {
      again.accept(late);
    }
  }

  private boolean isLagging(String id, boolean agrees) {
    if (agrees) {
      lagging.remove(id);
      return false;
    }
    return lagging.merge(id, 1, Integer::sum) <= MOST_TRIES;
  }

  private void tell(String id) {
    Told known = told.get(id);
    facts.tell(FactKind.CONTAINER, id, value(known));
    known.recreation.ifPresentOrElse(
        value -> facts.tell(FactKind.RECREATION, id, value),
        () -> facts.retract(FactKind.RECREATION, id));
  }

  private void forget(String id) {
    told.remove(id);
    lagging.remove(id);
    facts.retract(FactKind.CONTAINER, id);
    facts.retract(FactKind.RECREATION, id);
  }

  private static Buffer value(Told known) {
    return KnownContainer.fact(known.entry, known.status, known.createdNanos, known.asks);
  }

  private static Told listed(JsonObject entry) {
    long createdNanos = entry.getLong("Created", 0L) * 1_000_000_000L;
    return new Told(
        withoutStatus(entry),
        ContainerStatus.listed(entry),
        createdNanos,
        new JsonObject(),
        Optional.empty());
  }

  private static Told inspected(JsonObject entry, JsonObject inspected) {
    Instant created = Instant.parse(inspected.getString("Created"));
    return new Told(
        withoutStatus(entry),
        ContainerStatus.inspected(inspected.getJsonObject("State")),
        created.getEpochSecond() * 1_000_000_000L + created.getNano(),
        NeedsReader.kept(inspected),
        Recreation.of(inspected).map(recreation -> recreation.json().toBuffer()));
  }

  private static JsonObject withoutStatus(JsonObject entry) {
    return entry.copy().put("Status", "");
  }

  private static Map<String, JsonObject> byId(List<JsonObject> entries) {
    Map<String, JsonObject> byId = new HashMap<>();
    entries.forEach(entry -> byId.put(entry.getString("Id"), entry));
    return byId;
  }
}
