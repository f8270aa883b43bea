package io.dockherd.doors;

import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import java.util.Objects;

/** What a {@link StreamingDialect} answers. */
public sealed interface Reply {
  /** The HTTP status it begins with. */
  default int status() {
    return switch (this) {
      case Whole(Answer answer) -> answer.status();
      case Streamed(EngineStream stream) -> stream.status();
      case Joined(Hijack.Open open) -> open.status();
    };
  }

  /** All of it is there. */
  record Whole(Answer answer) implements Reply {
    public Whole {
      Objects.requireNonNull(answer, "answer");
    }
  }

  /**
   * The body is still coming. The head goes out at once; then the body, as fast as the caller takes
   * it. When the caller goes the stream is closed; when the stream breaks the caller's connection
   * is broken too, so that half an answer is not taken for a whole one.
   *
   * @param stream its headers are sent as they are, but for those of the connection
   */
  record Streamed(EngineStream stream) implements Reply {
    public Streamed {
      Objects.requireNonNull(stream, "stream");
    }
  }

  /**
   * The caller's connection and the engine's become one, once the body has been taken; only for a
   * call the dialect {@link StreamingDialect#mayUpgrade said} may become that. A caller that asked
   * for an upgrade is answered 101, another 200 and bare bytes.
   *
   * @param open its headers are sent as they are, but for those of the connection
   */
  record Joined(Hijack.Open open) implements Reply {
    public Joined {
      Objects.requireNonNull(open, "open");
    }
  }
}
