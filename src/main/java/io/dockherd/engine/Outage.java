package io.dockherd.engine;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Says what went wrong with an engine, and what to do about it. */
record Outage(EngineAddress address) {
  /** What a request failed with, told as a failure. */
  Failure of(EngineRequest request, Throwable cause) {
    return switch (cause) {
      case Failure told -> told;
      case TimeoutException e -> timedOut(request);
      case WholeBody.TooLarge e ->
          new Refused(
              request.path(),
              request.method() + " " + request.path() + " at " + address + ": " + e.getMessage(),
              "ask for less, or stream it");
      case Lane.Jammed e ->
          new Unreachable(
              name(),
              "the engine at " + address + " is too busy: " + e.getMessage(),
              "ask again later",
              e);
      case IllegalArgumentException e ->
          new Invalid(request.path(), "the request can't be sent: " + e.getMessage(), "", e);
      default -> unreachable(cause);
    };
  }

  TimedOut timedOut(EngineRequest request) {
    return new TimedOut(
        name(),
        "the engine at "
            + address
            + " did not answer "
            + request.method()
            + " "
            + request.path()
            + " within "
            + text(request.limit()),
        "see whether it is overloaded or hangs, or allow more time");
  }

  Unreachable unreachable(Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new Unreachable(
        name(), "the engine at " + address + " can't be reached: " + reason, remedy(), cause);
  }

  Unreachable interrupted(InterruptedException cause) {
    return new Unreachable(
        name(), "the wait for the engine at " + address + " was broken off", "", cause);
  }

  Unreachable unwanted() {
    return new Unreachable(
        name(), "nobody waits for the answer of the engine at " + address + " any more", "");
  }

  private String name() {
    return address.toString();
  }

  private String remedy() {
    return switch (address) {
      case EngineAddress.Unix unix ->
          "see whether the Docker daemon runs and this user may open its socket";
      case EngineAddress.Tcp(var host, var port, var certificates) ->
          "see whether it runs, whether the host and port are right"
              + (certificates.isPresent() ? " and the certificates fit" : "");
    };
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
