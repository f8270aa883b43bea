package io.dockherd;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * The JSON codec a node has. The client library under test brings Jackson's data binding, which
 * Vert.x would prefer, and which differs in what it refuses.
 */
public final class NodesJson implements JsonFactory {
  private final JacksonCodec codec = new JacksonCodec();

  @Override
  public JsonCodec codec() {
    return codec;
  }
}
