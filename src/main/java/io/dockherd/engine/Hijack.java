package io.dockherd.engine;

import java.util.List;

/** What came of asking an engine for a raw two-way stream. */
public sealed interface Hijack {
  /**
   * The connection is ours: bytes both ways, either side may close its half first.
   *
   * @param status 101, or 200 from engines that don't upgrade
   * @param headers of the answer, as in {@link EngineResponse}
   * @param stream paused; no byte after the head is lost
   */
  record Open(int status, List<EngineResponse.Header> headers, DuplexStream stream)
      implements Hijack, AutoCloseable {
    public Open {
      headers = List.copyOf(headers);
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  /** The engine would not: 404, 409 … with its reason. */
  record Declined(EngineResponse response) implements Hijack {}
}
