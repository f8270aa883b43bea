package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet.Located;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds the one container a reference means. */
final class Locator {
  private static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-f]{1,63}");
  private static final int SHORT_ID = 12;

  private final Hosts hosts;
  private final ContainerIndex index;
  private final Shown shown;
  private final Absent absent;

  /** Something that fits. */
  private record Candidate(Host host, String id, String name) {
    private Located located() {
      return new Located(host, id);
    }

    /** What means it and nothing else when it is asked for next. */
    private String unique() {
      String shortId = id.substring(0, Math.min(SHORT_ID, id.length()));
      return host.node() + "/" + (name.isEmpty() ? shortId : name);
    }
  }

  /** What an engine said when it was asked itself; {@code trouble} is "" when it did answer. */
  private record Word(Host host, Optional<Candidate> candidate, String trouble) {}

  Locator(Hosts hosts, ContainerIndex index, Shown shown, Absent absent) {
    this.shown = shown;
    this.hosts = hosts;
    this.index = index;
    this.absent = absent;
  }

  /** As {@link Fleet#locate}. */
  Located locate(String reference, Duration limit) {
    return find(reference, (wanted, where) -> asked(reference, wanted, where, limit)).orElseThrow();
  }

  /** As {@link Fleet#locateKnown}. */
  Optional<Located> locateKnown(String reference) {
    try {
      return find(reference, (wanted, where) -> Optional.empty());
    } catch (NotFound | Ambiguous e) {
      // For somebody to tell who may ask the engines too.
      return Optional.empty();
    }
  }

  private Optional<Located> find(
      String reference, BiFunction<String, List<Host>, Optional<Candidate>> otherwise) {
    String bare = reference.startsWith("/") ? reference.substring(1) : reference;
    int slash = bare.indexOf('/');
    List<Host> where = slash < 0 ? hosts.all() : List.of(hosts.named(bare.substring(0, slash)));
    String wanted = bare.substring(slash + 1);
    if (wanted.isEmpty()) {
      throw new NotFound(reference, "'" + reference + "' names no container", "");
    }
    return known(reference, wanted, where)
        .or(() -> otherwise.apply(wanted, where))
        .map(Candidate::located);
  }

  private Optional<Candidate> known(String reference, String wanted, List<Host> where) {
    if (FULL_ID.matcher(wanted).matches()) {
      return only(reference, byId(wanted, where));
    }
    Optional<Candidate> named = only(reference, fitting(where, node -> shown.named(node, wanted)));
    if (named.isPresent() || !ID_PREFIX.matcher(wanted).matches()) {
      return named;
    }
    return only(
        reference,
        fitting(
            where,
            node ->
                shown.of(node).stream().filter(known -> known.id().startsWith(wanted)).toList()));
  }

  private List<Candidate> byId(String id, List<Host> where) {
    List<Candidate> found = new ArrayList<>();
    for (Host host : where) {
      KnownContainer known = index.of(host.node()).byId().get(id);
      if (known != null) {
        found.add(candidate(host, known));
      }
    }
    return found;
  }

  private static List<Candidate> fitting(
      List<Host> where, Function<String, List<KnownContainer>> ofNode) {
    List<Candidate> found = new ArrayList<>();
    for (Host host : where) {
      ofNode.apply(host.node()).forEach(known -> found.add(candidate(host, known)));
    }
    return found;
  }

  private static Candidate candidate(Host host, KnownContainer known) {
    return new Candidate(host, known.id(), known.names().stream().findFirst().orElse(""));
  }

  private static Optional<Candidate> only(String reference, List<Candidate> found) {
    if (found.size() > 1) {
      throw new Ambiguous(reference, found.stream().map(Candidate::unique).toList());
    }
    return found.stream().findFirst();
  }

  /** Asks the engines themselves: it may have been made this very moment. */
  private Optional<Candidate> asked(
      String reference, String wanted, List<Host> where, Duration limit) {
    List<Word> words = words(wanted, where, limit);
    Optional<Candidate> found =
        only(reference, words.stream().flatMap(word -> word.candidate.stream()).toList());
    if (found.isPresent()) {
      return found;
    }
    List<String> troubles =
        new ArrayList<>(
            words.stream()
                .filter(word -> !word.trouble.isEmpty())
                .map(word -> word.host.node() + " (" + word.trouble + ")")
                .toList());
    String answering = troubles.isEmpty() ? "" : " on the nodes that answer";
    String silent = troubles.isEmpty() ? "" : "; not asked could be " + String.join(", ", troubles);
    throw new NotFound(
        reference,
        "no such container" + answering + ": " + reference + silent + absent.mention(wanted),
        "");
  }

  private List<Word> words(String wanted, List<Host> where, Duration limit) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Word>> asked =
          where.stream().map(host -> threads.submit(() -> word(host, wanted, limit))).toList();
      List<Word> words = new ArrayList<>();
      for (Future<Word> word : asked) {
        words.add(word.get());
      }
      return words;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotFound(wanted, "interrupted while looking for '" + wanted + "'", "");
    }
  }

  private Word word(Host host, String wanted, Duration limit) {
    Optional<String> away = absent.engine(host.node());
    if (away.isPresent()) {
      return new Word(host, Optional.empty(), away.get());
    }
    try {
      EngineResponse response = host.call(EngineRequest.get(limit, "containers", wanted, "json"));
      return switch (response.status()) {
        case 200 -> new Word(host, Optional.of(inspected(host, response)), "");
        case 404 -> new Word(host, Optional.empty(), "");
        default -> new Word(host, Optional.empty(), response.message());
      };
    } catch (Failure e) {
      return new Word(host, Optional.empty(), e.getMessage());
    }
  }

  private static Candidate inspected(Host host, EngineResponse response) {
    JsonObject json = response.body().toJsonObject();
    return new Candidate(host, json.getString("Id"), json.getString("Name", "/").substring(1));
  }
}
