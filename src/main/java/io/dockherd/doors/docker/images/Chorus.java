package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Feed;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One thing done at several nodes at once and told in one stream, a JSON object a line, {@code id}
 * being the node; in the end how it went at each, and an error if it went wrong at any.
 *
 * <pre>
 * {"status":"Loading layer","progressDetail":{"current":32768,"total":4266496},"id":"host-1"}
 * {"stream":"Loaded image: busybox:latest\n","id":"host-1"}
 * {"status":"done","id":"host-1"}
 * {"status":"failed: no space left on device","id":"host-2"}
 * {"status":"left out: its engine can't be reached","id":"host-3"}
 * {"errorDetail":{"message":"load: done at 1 of 2 nodes; host-2: no space left …"},"error":"…"}
 * </pre>
 *
 * <p>The stream begins when the first node has something to tell. When all fail before, there is
 * none, but an error with its status.
 */
final class Chorus {
  /** What is done at one node. */
  interface Part {
    /**
     * Does it and tells of it; how it went, in words.
     *
     * @throws DockerError when the engine said no
     * @throws io.dockherd.failure.Failure when it did not say anything
     */
    Outcome sing(Host host, Told told);
  }

  /** To whom a part tells its progress. */
  interface Told {
    /** One line; the node's name is put in. */
    void tell(JsonObject line);
  }

  /**
   * How it went at a node that could do it.
   *
   * @param achieved whether something came of it; a part that found all as it should be and could
   *     do nothing more is no failure, unless it is so at all nodes
   */
  record Outcome(String words, boolean achieved, int status) {
    static Outcome done(String words) {
      return new Outcome(words, true, 200);
    }
  }

  private final Nodes nodes;
  private final String doing;
  private final Runnable onClose;
  private final List<Voice> voices = new ArrayList<>();
  private final Feed feed = new Feed(this::close);
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final AtomicInteger singing;

  /**
   * @param doing in a word, for the summary: load
   * @param onClose done when all have ended or nobody listens any more
   */
  Chorus(Nodes nodes, String doing, List<Host> hosts, Part part, Runnable onClose) {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("a chorus of nobody would never end");
    }
    this.nodes = nodes;
    this.doing = doing;
    this.onClose = onClose;
    this.singing = new AtomicInteger(hosts.size());
    hosts.forEach(host -> voices.add(new Voice(nodes, host, part, this::told, this::ended)));
  }

  /** Begins at all nodes, and answers when there is something to tell. */
  Reply sing(DockerCall call) {
    voices.forEach(Voice::start);
    return call.open().whileThere(this::answer);
  }

  private Reply answer() {
    try {
      begun.get();
    } catch (InterruptedException e) {
      feed.close();
      Thread.currentThread().interrupt();
      throw new Unreachable("caller", "the caller has gone", "", e);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    }
    return Replies.of(feed.stream());
  }

  private void told(JsonObject line) {
    begun.complete(null);
    feed.write(line);
  }

  /** A voice has ended; with the last comes the summary. */
  private void ended() {
    if (singing.decrementAndGet() > 0) {
      return;
    }
    onClose.run();
    boolean isAnyAchieved = voices.stream().anyMatch(Voice::hasAchieved);
    if (!isAnyAchieved && !begun.isDone()) {
      begun.completeExceptionally(new DockerError(status(), problems(voices)));
      return;
    }
    begun.complete(null);
    voices.forEach(voice -> feed.write(line(voice.words(), voice.node())));
    nodes
        .fleet()
        .hosts()
        .forEach(host -> nodes.trouble(host.node()).ifPresent(why -> leftOut(host.node(), why)));
    List<Voice> failed = voices.stream().filter(voice -> !voice.isGood()).toList();
    long achieved = voices.stream().filter(Voice::hasAchieved).count();
    if (isAnyAchieved && failed.isEmpty()) {
      feed.write(
          new JsonObject()
              .put("status", doing + ": done at " + places(voices.size(), voices.size())));
    } else {
      List<Voice> told = failed.isEmpty() ? voices : failed;
      feed.write(
          Feed.error(
              doing + ": done at " + places(achieved, voices.size()) + "; " + problems(told)));
    }
    feed.end();
  }

  private void leftOut(String node, String why) {
    if (voices.stream().noneMatch(voice -> voice.node().equals(node))) {
      feed.write(line("left out: " + why, node));
    }
  }

  private static JsonObject line(String status, String node) {
    return new JsonObject().put("status", status).put("id", node);
  }

  private static String places(long some, int all) {
    return some + " of " + all + (all == 1 ? " node" : " nodes");
  }

  /** What all agree on; what was not found by any who looked is not found. */
  private int status() {
    List<Integer> said = voices.stream().map(Voice::status).distinct().toList();
    return said.size() == 1 ? said.getFirst() : 500;
  }

  /** The same words of several nodes are told once. */
  private static String problems(List<Voice> failed) {
    return failed.stream()
        .collect(
            Collectors.groupingBy(
                Voice::problem,
                java.util.LinkedHashMap::new,
                Collectors.mapping(Voice::node, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(each -> each.getKey() + " (" + each.getValue() + ")")
        .collect(Collectors.joining("; "));
  }

  private void close() {
    voices.forEach(Voice::stop);
    onClose.run();
  }
}
