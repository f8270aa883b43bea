package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Aggregate;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.NewAddresses;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** Makes containers of a document: one, or as many as asked, on a named node or where they fit. */
final class Creating {
  static final Field<Boolean> PULL =
      Field.flag("pull", "fetch a missing image first; usually true");

  /** What the engine allows. */
  private static final Pattern NAMES = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  static final Field<String> NAME =
      Field.of(
          "name",
          "a container's name: letters, digits, '_', '.' and '-'",
          "its name; otherwise the engine makes one up",
          value ->
              value instanceof String text && NAMES.matcher(text).matches()
                  ? Optional.of(text)
                  : Optional.empty());

  /** So many instances get one more newContainerTimeout. */
  private static final int WAVE = 10;

  private final Fleet fleet;
  private final Whereabouts whereabouts;
  private final NewAddresses addresses;
  private final ActionSettings settings;
  private final Field<Long> instances;

  Creating(Fleet fleet, Whereabouts whereabouts, NewAddresses addresses, ActionSettings settings) {
    this.fleet = fleet;
    this.whereabouts = whereabouts;
    this.addresses = addresses;
    this.settings = settings;
    this.instances =
        Field.whole(
            "instances",
            0,
            settings.maxInstances(),
            "how many; with it, even with 1, the answer is an aggregate");
  }

  List<Field<?>> fields() {
    return List.of(instances, NAME, PULL);
  }

  Duration limit(ActionRequest request, ActionSettings now) {
    Duration making = making(request, now);
    return pulls(request) ? making.plus(now.pullTimeout()) : making;
  }

  /** How long one may take when no image is missing. */
  private Duration making(ActionRequest request, ActionSettings now) {
    long waves = 1 + (request.get(instances).orElse(1L) - 1) / WAVE;
    return now.newContainerTimeout().multipliedBy(Math.max(waves, 1));
  }

  /** Makes them; what came of each. */
  List<Creation> create(ActionRequest request, JsonObject document) {
    int count = count(request);
    String name = request.get(NAME).orElse("");
    if (count > 1 && !name.isEmpty()) {
      throw new Invalid(
          NAME.name(), "one name can't be given to " + count + " containers", "leave it out");
    }
    CreateOrder order =
        new CreateOrder(
            name,
            document,
            pulls(request),
            registryAuth(request),
            request.deadline().left(),
            making(request, settings));
    return place(whereabouts.node(request), order, count);
  }

  /**
   * The answer: of one, or of all that were asked for by number. It comes when the new containers'
   * addresses are open: the caller's next word may go there.
   */
  Reply reply(ActionRequest request, List<Creation> creations) {
    addresses.await(
        creations.stream()
            .filter(Creation.Created.class::isInstance)
            .map(Creation.Created.class::cast)
            .toList(),
        request.deadline().left());
    if (request.get(instances).isEmpty()) {
      return CreationReply.single(creations.getFirst(), request.requestId());
    }
    Aggregate aggregate = new Aggregate("containers");
    creations.forEach(creation -> CreationReply.add(aggregate, creation));
    return aggregate
        .summary("requested", count(request))
        .summary("created", aggregate.succeeded())
        .summary("failed", aggregate.failed())
        .reply();
  }

  /** Whether none was made because the image has no command and none was given. */
  static boolean lackCommand(List<Creation> creations) {
    return creations.stream()
        .allMatch(
            creation ->
                creation instanceof Creation.Declined declined
                    && declined.response().status() == 400
                    && declined.response().message().contains("o command specified"));
  }

  private int count(ActionRequest request) {
    return (int) Math.max(1, request.get(instances).orElse(1L));
  }

  private List<Creation> place(Optional<Host> node, CreateOrder order, int count) {
    if (node.isEmpty()) {
      return fleet.create(order, count);
    }
    String name = node.get().node();
    return count == 1 ? List.of(fleet.createOn(name, order)) : inParallel(name, order, count);
  }

  private List<Creation> inParallel(String node, CreateOrder order, int count) {
    ExecutorService threads =
        Executors.newFixedThreadPool(WAVE, Thread.ofVirtual().name("create-", 0).factory());
    try {
      List<Future<Creation>> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(threads.submit(() -> fleet.createOn(node, order)));
      }
      List<Creation> creations = new ArrayList<>();
      for (Future<Creation> creation : made) {
        creations.add(creation.get());
      }
      return creations;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("given up while creating", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static String registryAuth(ActionRequest request) {
    return request.get(CommonFields.HEADERS).orElse(Map.of()).entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("X-Registry-Auth"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static boolean pulls(ActionRequest request) {
    return request.get(PULL).orElse(true);
  }
}
