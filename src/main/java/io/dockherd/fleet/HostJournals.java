package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.events.Journals;

/** The journals of the other nodes, where their engines are. */
record HostJournals(Hosts hosts, OwnEngines own) implements Journals {
  @Override
  public EngineResponse call(String node, EngineRequest request) {
    return own.of(hosts.member(node))
        .map(engine -> engine.journal().told(request))
        .orElseGet(() -> hosts.named(node).call(request));
  }

  @Override
  public EngineStream stream(String node, EngineRequest request) {
    return own.of(hosts.member(node))
        .map(engine -> engine.journal().answer(request))
        .orElseGet(() -> hosts.named(node).stream(request));
  }
}
