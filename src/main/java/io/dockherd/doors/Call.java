package io.dockherd.doors;

import io.dockherd.access.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A request that came in whole.
 *
 * @param requestId follows it through logs and across nodes
 * @param who asks
 * @param method upper case
 * @param path as it was sent, without the query
 * @param query the query's raw text; "" for none
 * @param headers as they were sent
 * @param body the entity; empty for none
 * @param early answers at once, for whoever finds that the thread with the call does not come back;
 *     what comes later is dropped
 */
public record Call(
    String requestId,
    Identity who,
    String method,
    String path,
    String query,
    MultiMap headers,
    Buffer body,
    Consumer<Answer> early) {
  public Call {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(early, "early");
  }
}
