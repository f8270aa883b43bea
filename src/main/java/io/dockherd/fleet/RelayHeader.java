package io.dockherd.fleet;

import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.herd.links.WireFailure;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What two nodes say to each other beside an engine's call and answer.
 *
 * <p>{@code Dockherd-Limit: 4750}: how many milliseconds the answer (or its head) may take; the
 * relay gives up after that.
 *
 * <p>{@code Dockherd-Whole: 1}: whoever asks waits for all of the answer anyway, so a short one may
 * come in one piece.
 *
 * <p>{@code Dockherd-Answer: engine}: this is the engine's own answer, whatever its status. {@code
 * Dockherd-Answer: failure BASE64}: there is none, and why ({@link WireFailure}). An answer without
 * it comes from something that is no relay.
 */
final class RelayHeader {
  static final String LIMIT = "Dockherd-Limit";
  static final String WHOLE = "Dockherd-Whole";
  static final String ANSWER = "Dockherd-Answer";
  static final String FROM_ENGINE = "engine";
  private static final String FAILURE = "failure ";

  private RelayHeader() {}

  /** Whether the header is ours, and neither the engine's nor its callers' business. */
  static boolean isOurs(String name) {
    return name.equalsIgnoreCase(LIMIT)
        || name.equalsIgnoreCase(WHOLE)
        || name.equalsIgnoreCase(ANSWER);
  }

  static String carrying(Failure failure) {
    byte[] json = WireFailure.write(failure).encode().getBytes(StandardCharsets.UTF_8);
    return FAILURE + Base64.getEncoder().encodeToString(json);
  }

  /**
   * The engine's own headers.
   *
   * @throws Failure what came instead of the engine's answer
   */
  static List<Header> ofEngine(String node, List<Header> headers) {
    String answer =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase(ANSWER))
            .map(Header::value)
            .findFirst()
            .orElse("");
    if (answer.startsWith(FAILURE)) {
      byte[] json = Base64.getDecoder().decode(answer.substring(FAILURE.length()));
      throw WireFailure.read(new JsonObject(new String(json, StandardCharsets.UTF_8)));
    }
    if (!answer.equals(FROM_ENGINE)) {
      throw new Refused(
          node, "what answers at the relay port of node " + node + " is no relay to an engine", "");
    }
    return headers.stream().filter(header -> !isOurs(header.name())).toList();
  }
}
