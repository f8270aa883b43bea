package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.EngineTransport;
import io.dockherd.engine.HttpEngine;
import io.dockherd.engine.UpgradableConnection;
import io.dockherd.herd.links.Relay;
import io.dockherd.herd.links.RelayTarget;
import io.dockherd.herd.members.Member;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/**
 * The other nodes over the herd's relay: {@code /engine/…} is their engine, {@code /node/<command>}
 * what they are to do.
 *
 * @param settings how engines are called; {@link EngineSettings#relayed} makes them fit a relay
 */
public record RelayNeighbours(Vertx vertx, Relay relay, EngineSettings settings)
    implements Neighbours {
  private static final String COMMANDS = "/node/";

  /** Lets the other nodes reach this one's engine and have it do things. */
  public static void serve(Relay relay, HerdFleet fleet) {
    RelayDoor door = fleet.relayDoor();
    mount(relay, door);
    for (String command : fleet.commands()) {
      relay.answer(
          COMMANDS + command,
          (peer, order) -> {
            door.admit(peer.node());
            return fleet.obey(peer.node(), command, order);
          });
    }
  }

  static void mount(Relay relay, RelayDoor door) {
    relay.onConnection(
        connection ->
            UpgradableConnection.prepare(
                connection, (method, path, isUpgrade) -> RelayedHijack.isOne(path, isUpgrade)));
    relay.serve(RelayDoor.PREFIX, (peer, request) -> door.handle(peer.node(), request));
  }

  @Override
  public Engine engineOf(Member member) {
    RelayTarget target = relay.target(member);
    EngineTransport transport =
        target
            .tls()
            .map(
                tls ->
                    EngineTransport.through(
                        target.host(), target.port(), target.host(), tls, RelayDoor.PREFIX))
            .orElseGet(
                () ->
                    EngineTransport.inClear(
                        target.host(),
                        target.port(),
                        RelayDoor.PREFIX,
                        Map.of(Relay.CLAIM, target.claim())));
    return new HttpEngine(vertx, transport, settings.relayed());
  }

  @Override
  public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
    return relay.ask(member, COMMANDS + command, order, limit);
  }
}
