package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Vigil;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** One node's part in a {@link Chorus}: given up when the node goes out of reach. */
final class Voice {
  private static final Log LOG = Log.of(Voice.class);

  private final Nodes nodes;
  private final Host host;
  private final Chorus.Part part;
  private final Consumer<JsonObject> told;
  private final Runnable ended;
  private final Thread thread;
  private volatile Chorus.Outcome outcome = new Chorus.Outcome("", false, 500);
  private volatile boolean isFailed;

  Voice(Nodes nodes, Host host, Chorus.Part part, Consumer<JsonObject> told, Runnable ended) {
    this.nodes = nodes;
    this.host = host;
    this.part = part;
    this.told = told;
    this.ended = ended;
    this.thread = Thread.ofVirtual().name("at " + host.node()).unstarted(this::sing);
  }

  void start() {
    thread.start();
  }

  /** Nobody listens any more. */
  void stop() {
    thread.interrupt();
  }

  String node() {
    return host.node();
  }

  /** Whether it did what it should, or found it done. */
  boolean isGood() {
    return !isFailed;
  }

  boolean hasAchieved() {
    return !isFailed && outcome.achieved();
  }

  /** As an answer's. */
  int status() {
    return outcome.status();
  }

  /** How it went. */
  String words() {
    return isFailed ? "failed: " + outcome.words() : outcome.words();
  }

  /** What went wrong. */
  String problem() {
    return outcome.words();
  }

  private void sing() {
    Vigil vigil = new Vigil(() -> nodes.trouble(host.node()), Vigil.PATIENCE);
    try (vigil) {
      outcome = part.sing(host, line -> told.accept(line.put("id", host.node())));
    } catch (DockerError e) {
      fail(e.status(), e.getMessage());
    } catch (Failure e) {
      fail(
          switch (e) {
            case NotFound missing -> 404;
            case TimedOut late -> 504;
            default -> 503;
          },
          vigil.reason().map(why -> "it went out of reach: " + why).orElse(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a node's part broke", e, "node", host.node());
      fail(500, e.toString());
    } finally {
      ended.run();
    }
  }

  private void fail(int status, String words) {
    isFailed = true;
    outcome = new Chorus.Outcome(words, false, status);
  }
}
