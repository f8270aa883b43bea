package io.dockherd.apps.pods;

import io.dockherd.apps.model.Instance;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.lab.Invocation;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real engine, and nodes of the test's own beside it. */
final class EngineOfHost implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Path socket;
  private final Engine engine;
  private final MemoryRecords records = new MemoryRecords();
  private PodsNode node;

  EngineOfHost(Path socket) {
    this.socket = socket;
    this.engine = HttpEngine.at(vertx, new EngineAddress.Unix(socket), EngineSettings.defaults());
  }

  /** A node, in the place of the last one, which ends as by a kill. */
  PodsNode node() {
    return node(PodsNode.settings());
  }

  PodsNode node(PodSettings settings) {
    return node(settings, false);
  }

  PodsNode node(PodSettings settings, boolean isEngineHere) {
    return node(settings, DraftReader.NONE, isEngineHere);
  }

  PodsNode node(PodSettings settings, DraftReader reader, boolean isEngineHere) {
    if (node != null) {
      node.close();
    }
    node = new PodsNode(engine, records, settings, reader, PodsNode.NOTHING, isEngineHere);
    return node;
  }

  JsonObject inspect(Instance instance, String container) {
    EngineRequest request =
        EngineRequest.get(
            PodsNode.LIMIT, "containers", instance.containers().get(container), "json");
    EngineResponse response = engine.call(request);
    if (response.status() != 200) {
      throw new AssertionError(response.message());
    }
    return response.body().toJsonObject();
  }

  /** The docker command on that engine; what it said. */
  String docker(String... arguments) {
    String[] command =
        Stream.concat(Stream.of("docker", "--host", "unix://" + socket), Stream.of(arguments))
            .toArray(String[]::new);
    return Invocation.attempt(command).orFail().output().strip();
  }

  /** The names of all containers, sorted. */
  List<String> names() {
    return docker("ps", "-a", "--format", "{{.Names}}").lines().sorted().toList();
  }

  @Override
  public void close() {
    if (node != null) {
      node.close();
    }
    engine.close();
    vertx.close().await();
  }
}
