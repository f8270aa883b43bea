package io.dockherd.fleet;

import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.fleet.events.EngineJournal;
import io.dockherd.fleet.events.FeedSettings;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.Relay;
import io.dockherd.herd.links.RelaySettings;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two nodes with a relay between them: host-1 asks, host-2 answers for its engine. */
final class TwoNodes implements AutoCloseable {
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);

  /** As host-2 sees it. */
  final List<String> present = new CopyOnWriteArrayList<>(List.of("host-1"));

  final RelayHost host;
  private final Vertx vertx;
  private final boolean isKeyed;
  private final Relay near;
  private final Relay far;
  private boolean isFarGone;

  /**
   * @param isKeyed whether with the herd's key
   * @param answering host-2's engine
   */
  TwoNodes(Vertx vertx, boolean isKeyed, Host answering) {
    this.vertx = vertx;
    this.isKeyed = isKeyed;
    this.near = relay("host-1");
    this.far = relay("host-2");
    RelayNeighbours.mount(far, new RelayDoor(new PresentOnes(), answering, journal()));
    far.start();
    Neighbours neighbours = new RelayNeighbours(vertx, near, EngineSettings.defaults());
    this.host = new RelayHost("host-2", neighbours.engineOf(member("host-2", far.port())));
  }

  private static EngineJournal journal() {
    return new EngineJournal(
        "host-2",
        "a life",
        new ScriptedEngine("host-2"),
        FeedSettings.defaults(),
        InstantSource.system());
  }

  private Relay relay(String node) {
    RelaySettings settings = RelaySettings.of("127.0.0.1", 0);
    return isKeyed
        ? Relay.secure(
            vertx, new LinkTls(KEY, "herd", node, List.of("127.0.0.1"), Instant::now), settings)
        : Relay.insecure(vertx, node, settings);
  }

  private static Member member(String name, int relayPort) {
    return new Member(
        new PeerId(name),
        Member.Kind.NODE,
        name,
        "127.0.0.1",
        1,
        1,
        relayPort,
        "test",
        new JsonObject());
  }

  /** host-2 is there no more. */
  void loseFar() {
    isFarGone = true;
    far.close();
  }

  @Override
  public void close() {
    host.close();
    near.close();
    if (!isFarGone) {
      far.close();
    }
  }

  private final class PresentOnes implements Members {
    @Override
    public Member self() {
      return member("host-2", 1);
    }

    @Override
    public List<Member> present() {
      return present.stream().map(name -> member(name, 1)).toList();
    }

    @Override
    public void listen(MembersListener listener) {}
  }
}
