package io.dockherd.doors.docker.images;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What several nodes tell, written by a test. */
public final class TestFacts implements Facts {
  private final List<Fact> facts = new CopyOnWriteArrayList<>();

  /** Nodes whose engines are within reach. */
  public TestFacts(String... nodes) {
    for (String node : nodes) {
      JsonObject engine = new JsonObject().put("reachable", true).put("apiVersion", "1.41");
      facts.add(new Fact(node, FactKind.ENGINE, FactKind.ONLY, engine.toBuffer()));
    }
  }

  /** That node's engine can't be reached any more. */
  public void lose(String node, String reason) {
    facts.removeIf(fact -> fact.owner().equals(node) && fact.kind().equals(FactKind.ENGINE));
    JsonObject engine = new JsonObject().put("reachable", false).put("reason", reason);
    facts.add(new Fact(node, FactKind.ENGINE, FactKind.ONLY, engine.toBuffer()));
  }

  /** That node tells that. */
  public void add(String node, String kind, String id, JsonObject value) {
    facts.add(new Fact(node, kind, id, value.toBuffer()));
  }

  /** That node has an image. */
  public void image(String node, String id, String... tags) {
    JsonObject entry =
        new JsonObject()
            .put("Id", id)
            .put("Created", 1)
            .put("RepoTags", new JsonArray(List.of(tags)));
    facts.add(new Fact(node, FactKind.IMAGE, id, entry.toBuffer()));
  }

  @Override
  public List<Fact> of(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  @Override
  public List<Fact> of(String kind, String owner) {
    return of(kind).stream().filter(fact -> fact.owner().equals(owner)).toList();
  }

  @Override
  public Optional<Fact> find(String kind, String owner, String id) {
    return of(kind, owner).stream().filter(fact -> fact.id().equals(id)).findFirst();
  }

  @Override
  public List<Fact> lost(String kind) {
    return List.of();
  }

  @Override
  public void tell(String kind, String id, Buffer value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void retract(String kind, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void tellAll(String kind, Map<String, Buffer> values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean settle(Duration limit) {
    return true;
  }

  @Override
  public void forget(String owner) {}

  @Override
  public void listen(String kind, FactsListener listener) {}
}
