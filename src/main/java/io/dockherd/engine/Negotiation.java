package io.dockherd.engine;

import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The API version spoken with an engine: asked for once, and again after {@link #forget}, for an
 * engine that was away may have come back as another.
 */
final class Negotiation {
  private static final Pattern REFUSAL = Pattern.compile("client version .* is too (old|new)");

  private final EngineAddress address;
  private final Function<EngineRequest, EngineResponse> ask;

  /** Not {@code synchronized}: those who wait give up in time. */
  private final ReentrantLock asking = new ReentrantLock();

  private volatile Optional<ApiVersion> agreed = Optional.empty();

  /** {@code ask} sends a request without putting a version in front. */
  Negotiation(EngineAddress address, Function<EngineRequest, EngineResponse> ask) {
    this.address = address;
    this.ask = ask;
  }

  /** The version to speak; asks for it if need be, but not beyond the deadline. */
  ApiVersion version(Deadline deadline) {
    Optional<ApiVersion> known = agreed;
    return known.isPresent() ? known.get() : negotiate(deadline);
  }

  /** The version to speak, when it need not be asked for. */
  Optional<ApiVersion> known() {
    return agreed;
  }

  /** Asks again at the next request. */
  void forget() {
    agreed = Optional.empty();
  }

  private ApiVersion negotiate(Deadline deadline) {
    Duration limit = Duration.ofNanos(Math.max(1, deadline.remainingNanos()));
    boolean mine = lock(limit);
    try {
      if (agreed.isPresent()) {
        return agreed.get();
      }
      ApiVersion version = inquire(limit);
      agreed = Optional.of(version);
      return version;
    } finally {
      if (mine) {
        asking.unlock();
      }
    }
  }

  /** One asks for all; whoever waits too long asks for itself, and learns what is wrong. */
  private boolean lock(Duration limit) {
    try {
      return asking.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ApiVersion inquire(Duration limit) {
    EngineResponse ping = ask.apply(EngineRequest.get(limit, "_ping"));
    Optional<ApiVersion> newest =
        ping.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Api-Version"))
            .findFirst()
            .map(header -> ApiVersion.parse(header.value()));
    // The ping does not tell the oldest; it matters only where the engine is ahead of us.
    if (newest.isPresent() && newest.get().compareTo(ApiVersion.NEWEST) <= 0) {
      return agree(address, newest.get(), ApiVersion.OLDEST);
    }
    EngineResponse version = ask.apply(EngineRequest.get(limit, "version"));
    if (!(version.json().orElse(null) instanceof JsonObject told)
        || told.getString("ApiVersion") == null) {
      throw new Unreachable(
          address.toString(),
          "what answers at " + address + " is not a Docker engine (" + version.status() + ")",
          "see whether the address is right");
    }
    return agree(
        address,
        ApiVersion.parse(told.getString("ApiVersion")),
        ApiVersion.parse(told.getString("MinAPIVersion", ApiVersion.OLDEST.toString())));
  }

  /** Whether an engine answers that it does not speak that version; it has done nothing then. */
  static boolean isRefusal(EngineResponse response) {
    return response.status() == 400 && REFUSAL.matcher(response.message()).find();
  }

  /**
   * The newest version both sides know.
   *
   * @throws Refused when there is none
   */
  static ApiVersion agree(EngineAddress address, ApiVersion newest, ApiVersion oldest) {
    boolean isTooOld = newest.compareTo(ApiVersion.OLDEST) < 0;
    if (isTooOld || oldest.compareTo(ApiVersion.NEWEST) > 0) {
      throw new Refused(
          address.toString(),
          "the engine at %s speaks API versions %s to %s, Dockherd %s to %s"
              .formatted(
                  address, isTooOld ? "up" : oldest, newest, ApiVersion.OLDEST, ApiVersion.NEWEST),
          isTooOld ? "update the engine" : "update Dockherd");
    }
    return newest.compareTo(ApiVersion.NEWEST) <= 0 ? newest : ApiVersion.NEWEST;
  }
}
