package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import java.time.Duration;

/**
 * Has a node fetch an image from another node, as one has an engine pull: {@code POST
 * /images/create?fromImage=web:1} with a header of ours, answered with progress, one JSON object a
 * line, of which an {@code error} is the last.
 *
 * <pre>
 * {"status":"Fetching web:1 from host-1","progressDetail":{"current":65536,"total":4194304}}
 * {"status":"Fetched web:1 (4f1c2d3e4a5b) from host-1"}</pre>
 */
public final class PeerFetch {
  /** Callers from outside can't send it: doors and relays drop theirs of this beginning. */
  static final String HEADER = "Dockherd-Fetch";

  private PeerFetch() {}

  /**
   * The request; 404 when no other node has it.
   *
   * @param reference a name, or a full id
   * @param limit until the fetching begins; it takes as long as it takes
   */
  public static EngineRequest request(String reference, Duration limit) {
    return EngineRequest.post(limit, "images", "create")
        .query("fromImage", reference)
        .header(HEADER, "peers");
  }

  static boolean isAskedFor(EngineRequest request) {
    return request.headers().containsKey(HEADER) && request.path().equals("/images/create");
  }

  static String reference(EngineRequest request) {
    return request.query().getOrDefault("fromImage", java.util.List.of("")).getFirst();
  }
}
