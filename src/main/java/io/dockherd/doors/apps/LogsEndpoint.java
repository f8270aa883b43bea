package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.logs.AppLine;
import io.dockherd.apps.logs.AppLogs;
import io.dockherd.apps.logs.LogFeed;
import io.dockherd.apps.logs.LogRequest;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.doors.Query;
import io.dockherd.doors.Reply;
import io.dockherd.doors.Turned;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * {@code GET /v1/apps/{path}/logs?follow=&tail=&since=&instance=&container=} and the same of a
 * group: what apps write, a JSON object a line.
 *
 * <pre>
 * {"path":"/shop/web","instance":"3-k2x9qa0b","container":"web","node":"host-1",
 *  "time":"2026-11-28T09:00:00.123456789Z","stream":"stdout","line":"hello"}</pre>
 */
final class LogsEndpoint {
  private static final int MOST_READERS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Apps apps;
  private final AppLogs logs;
  private final InstantSource clock;
  private final AtomicInteger readers = new AtomicInteger();

  LogsEndpoint(Apps apps, AppLogs logs, InstantSource clock) {
    this.apps = Objects.requireNonNull(apps, "apps");
    this.logs = Objects.requireNonNull(logs, "logs");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  List<Route> routes() {
    return List.of(
        Route.read("/v1/apps", "logs", true, AppVerbs.LOGS, this::ofApp),
        Route.read("/v1/groups", "logs", true, AppVerbs.LOGS, this::ofGroup));
  }

  private Reply ofApp(AppsCall call) {
    AppPath path = call.app();
    if (apps.find(path).isEmpty()) {
      throw AppEndpoints.missing(path);
    }
    return read(call, Set.of(path));
  }

  private Reply ofGroup(AppsCall call) {
    Set<AppPath> paths =
        apps.under(call.group()).stream()
            .map(AppView::app)
            .map(app -> app.path())
            .collect(Collectors.toSet());
    apps.find(call.app()).ifPresent(view -> paths.add(view.app().path()));
    if (paths.isEmpty()) {
      throw new NotFound(call.group(), "there is no app in " + call.group(), "");
    }
    return read(call, paths);
  }

  private Reply read(AppsCall call, Set<AppPath> paths) {
    LogRequest request = request(call.query(), paths);
    if (readers.incrementAndGet() > MOST_READERS) {
      readers.decrementAndGet();
      throw new Turned(503, "busy", MOST_READERS + " others read logs already: try in a moment");
    }
    LogFeed feed = logs.open(request);
    LineStream lines = new LineStream(feed, LogsEndpoint::form, PATIENCE, readers::decrementAndGet);
    return new Reply.Streamed(
        new EngineStream(
            200,
            List.of(
                new Header("Content-Type", "application/x-ndjson"),
                new Header("Cache-Control", "no-cache, no-transform")),
            lines,
            lines::close));
  }

  private LogRequest request(Query query, Set<AppPath> paths) {
    String tail = query.text("tail");
    if (!tail.matches("|all|[0-9]{1,9}")) {
      throw new Invalid("tail", "'" + tail + "' is no number of lines", "give a number, or all");
    }
    String instance = query.text("instance");
    String container = query.text("container");
    return new LogRequest(
        paths,
        instance.isEmpty() ? Optional.empty() : Optional.of(InstanceId.of(instance)),
        Optional.of(container).filter(name -> !name.isEmpty()),
        query.isOn("follow"),
        tail.matches("[0-9]+") ? OptionalInt.of(Integer.parseInt(tail)) : OptionalInt.empty(),
        since(query.text("since")));
  }

  /** A time, {@code 2026-11-28T09:00:00Z}, or how long ago: {@code PT10M}, {@code 10m}. */
  private Optional<Instant> since(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.contains("T") && !text.startsWith("P")
              ? Instant.parse(text)
              : clock.instant().minus(ago(text)));
    } catch (DateTimeException | ArithmeticException e) {
      throw new Invalid(
          "since", "'" + text + "' is no time", "write 2026-11-28T09:00:00Z or 10m", e);
    }
  }

  private static Duration ago(String text) {
    boolean isPlain = text.matches("([0-9]{1,9}[dhms])+");
    return isPlain
        ? Duration.parse(
            text.contains("d") ? "P" + text.replaceFirst("d(.+)", "dT$1") : "PT" + text)
        : Duration.parse(text);
  }

  private static JsonObject form(AppLine line) {
    return new JsonObject()
        .put("path", line.path().value())
        .put("instance", line.instance().toString())
        .put("container", line.container())
        .put("node", line.node())
        .put("time", line.time().toString())
        .put("stream", line.isError() ? "stderr" : "stdout")
        .put("line", line.text());
  }
}
