package io.dockherd.doors.docker;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import io.dockherd.telemetry.BuildVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What stands at the head of every answer. An engine's own headers of these names are left out: it
 * speaks for itself, not for the herd.
 *
 * <pre>
 * Api-Version: 1.41
 * Docker-Experimental: false
 * Ostype: linux
 * Server: Docker/dockherd-0.2.0 (linux)</pre>
 *
 * <p>Old clients read the operating system out of {@code Server}, which must begin with {@code
 * Docker/} for them.
 */
final class CommonHeaders {
  private static final Set<String> OURS =
      Set.of("api-version", "docker-experimental", "ostype", "server", "swarm", "builder-version");

  private final Supplier<ApiVersion> advertised;

  /**
   * @param advertised the version of the herd just now
   */
  CommonHeaders(Supplier<ApiVersion> advertised) {
    this.advertised = advertised;
  }

  Reply on(Reply reply) {
    return switch (reply) {
      case Reply.Whole(Answer answer) -> new Reply.Whole(on(answer));
      case Reply.Streamed(EngineStream stream) -> new Reply.Streamed(on(stream));
      case Reply.Joined(Hijack.Open open) ->
          new Reply.Joined(new Hijack.Open(open.status(), on(open.headers()), open.stream()));
    };
  }

  Answer on(Answer answer) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.putAll(all());
    return new Answer(answer.status(), answer.contentType(), answer.body(), headers);
  }

  private EngineStream on(EngineStream stream) {
    return new EngineStream(stream.status(), on(stream.headers()), stream.body(), stream.cancel());
  }

  private List<Header> on(List<Header> engines) {
    List<Header> headers = new ArrayList<>();
    all().forEach((name, value) -> headers.add(new Header(name, value)));
    engines.stream()
        .filter(header -> !OURS.contains(header.name().toLowerCase(Locale.ROOT)))
        .forEach(headers::add);
    return headers;
  }

  private Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Api-Version", advertised.get().toString());
    all.put("Docker-Experimental", "false");
    all.put("Ostype", "linux");
    all.put("Server", "Docker/dockherd-" + BuildVersion.text() + " (linux)");
    return all;
  }
}
