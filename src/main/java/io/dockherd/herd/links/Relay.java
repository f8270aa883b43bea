package io.dockherd.herd.links;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.members.Members.MembersListener;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The way from node to node for whatever is too big or too private for the bus: HTTP/1.1 over
 * mutual TLS, each request with the name of the member that sent it.
 */
public final class Relay implements AutoCloseable {
  /** The header a node without a certificate says its name in; of no meaning with TLS. */
  public static final String CLAIM = "Dockherd-Node";

  private final RelayServer server;
  private final RelayClient client;
  private final RelaySettings settings;

  private Relay(Vertx vertx, RelaySecurity security, RelaySettings settings, String self) {
    this.settings = settings;
    this.server = new RelayServer(vertx, security, settings);
    this.client = new RelayClient(vertx, security, settings, self);
  }

  /** Between members that hold the herd key. */
  public static Relay secure(Vertx vertx, LinkTls tls, RelaySettings settings) {
    return new Relay(vertx, new RelaySecurity.Certified(tls), settings, tls.node());
  }

  /**
   * In clear text, believing what the other side says it is: for a node on loopback by itself, and
   * for whoever asked for it by name ({@code --insecure}).
   */
  public static Relay insecure(Vertx vertx, String node, RelaySettings settings) {
    return new Relay(vertx, new RelaySecurity.Claimed(), settings, node);
  }

  /**
   * Hands requests for {@code prefix} and whatever is below it to {@code handler}; the longest
   * prefix wins. To be called before {@link #start}.
   */
  public void serve(String prefix, RelayHandler handler) {
    server.serve(prefix, handler);
  }

  /** Answers {@link #ask} for exactly {@code path}. To be called before {@link #start}. */
  public void answer(String path, RelayAnswerer answerer) {
    server.serve(path, new RelayQuestions(path, answerer, settings.maxQuestionBytes()));
  }

  /**
   * Shows each new connection to {@code handler}, before its first request. Its close handler is
   * the relay's.
   */
  public void onConnection(Handler<HttpConnection> handler) {
    server.onConnection(handler);
  }

  /**
   * Opens the port.
   *
   * @throws Unreachable when it can't be listened on
   */
  public void start() {
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** What it takes to connect to that member's relay, and to nobody else. */
  public RelayTarget target(Member member) {
    return client.target(member);
  }

  /**
   * Asks a member. Waits for the answer: call it on a virtual thread.
   *
   * @throws Unreachable when the member can't be reached, is not who it should be, or the
   *     connection breaks; if it broke in the middle, whether the work was done is not known
   * @throws TimedOut when the limit passes first; whether the work was done is not known
   * @throws Failure whatever the member's answerer threw
   */
  public JsonObject ask(Member member, String path, JsonObject question, Duration limit) {
    return client.ask(member, path, question, limit);
  }

  /**
   * Ends what hangs on members that go: questions to them fail as unreachable, connections from
   * them are closed, when they are known to have gone and not when TCP gives up. To be called once.
   */
  public void follow(Members members) {
    members.listen(
        new MembersListener() {
          @Override
          public void onLeft(Member member, boolean orderly) {
            client.giveUp(member);
            // He may be back already, as another peer of the same name.
            if (members.named(member.name()).isEmpty()) {
              server.connections().hangUp(member.name());
            }
          }
        });
  }

  /** How many connections of others are open. */
  int connections() {
    return server.connections().count();
  }

  /** How often connections have been looked through for idle ones. */
  long sweeps() {
    return server.connections().sweeps();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
