package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks several engines the same at once and waits for all. */
public final class EachHost {
  private EachHost() {}

  /**
   * What one of them said.
   *
   * @param response empty when there was none
   * @param failure why there was none
   */
  public record Word(Host host, Optional<EngineResponse> response, Optional<Failure> failure) {
    /** Whether it did what was asked. */
    public boolean isSuccess() {
      return response.map(EngineResponse::isSuccess).orElse(false);
    }

    /** The JSON of a success; else the empty text. */
    public Object json() {
      return response.filter(EngineResponse::isSuccess).flatMap(EngineResponse::json).orElse("");
    }

    /** Why it did not; "" when it did. */
    public String trouble() {
      return failure
          .map(Failure::getMessage)
          .or(() -> response.filter(answer -> !answer.isSuccess()).map(EngineResponse::message))
          .orElse("");
    }
  }

  /** Asks all of them; what each said, in their order. */
  public static List<Word> ask(List<? extends Host> hosts, EngineRequest request) {
    return ask(hosts, host -> request);
  }

  /** Asks each its own; what each said, in their order. */
  public static List<Word> ask(List<? extends Host> hosts, Function<Host, EngineRequest> request) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Word>> asked = new ArrayList<>();
      for (Host host : hosts) {
        asked.add(threads.submit(() -> word(host, request.apply(host))));
      }
      List<Word> words = new ArrayList<>();
      try {
        for (Future<Word> word : asked) {
          words.add(word.get());
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new Unreachable("herd", "interrupted while asking all engines", "", e);
      }
      return words;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Word word(Host host, EngineRequest request) {
    try {
      return new Word(host, Optional.of(host.call(request)), Optional.empty());
    } catch (Failure e) {
      return new Word(host, Optional.empty(), Optional.of(e));
    }
  }
}
