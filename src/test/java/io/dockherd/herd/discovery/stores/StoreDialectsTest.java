package io.dockherd.herd.discovery.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.stores.ScriptedServer.Asked;
import io.dockherd.herd.discovery.stores.ScriptedServer.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of what stores answer, and of what only pretends to be one. */
class StoreDialectsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Held, so that it stays silent. */
  private static final Logger NAGGING = Logger.getLogger("org.apache.zookeeper");

  @BeforeAll
  static void beSilent() {
    NAGGING.setLevel(Level.OFF);
  }

  private static Directory open(StoreKind kind, String... servers) {
    return kind.open(new StorePlace(List.of(servers), "herd/nodes", Optional.empty()));
  }

  private static Listing read(StoreKind kind, Function<Asked, Told> script)
      throws InterruptedException {
    try (ScriptedServer server = new ScriptedServer(script);
        Directory directory = open(kind, server.address())) {
      return directory.read();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>welcome</html>",
        "[]",
        "{}",
        "{\"header\":7}",
        "{\"header\":{\"revision\":\"many\"}}",
        "{\"header\":{\"revision\":\"1\"},\"kvs\":{}}",
        "{\"header\":{\"revision\":\"1\"},\"kvs\":[7]}",
        "{\"header\":{\"revision\":\"1\"},\"kvs\":[{\"value\":\"no base 64!\"}]}",
      })
  void whatIsNoEtcdIsToldSo(String body) {
    Failure failure =
        assertThrows(Unreachable.class, () -> read(StoreKind.ETCD, asked -> Told.ok(body)));
    assertTrue(failure.getMessage().contains("what no such store does"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "7", "[7]", "[{\"Value\":\"no base 64!\"}]"})
  void whatIsNoConsulIsToldSo(String body) {
    Failure failure =
        assertThrows(Unreachable.class, () -> read(StoreKind.CONSUL, asked -> Told.ok(body)));
    assertTrue(failure.getMessage().contains("what no such store does"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETCD", "CONSUL"})
  void whoIsNotLetInIsToldSo(StoreKind kind) {
    Function<Asked, Told> script = asked -> Told.failed(403, "permission denied");
    Failure failure = assertThrows(Refused.class, () -> read(kind, script));
    assertTrue(failure.getMessage().contains("403: permission denied"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETCD", "CONSUL"})
  void moreThanAListCanBeIsNotRead(StoreKind kind) {
    String much = "[\"" + "x".repeat(StoreHttp.BYTES_MAX) + "\"]";
    assertThrows(Unreachable.class, () -> read(kind, asked -> Told.ok(much)));
  }

  @Test
  void whoSpeaksNeitherOfEtcdsApisIsToldSo() {
    Function<Asked, Told> script = asked -> Told.failed(404, "404 page not found");
    Failure failure = assertThrows(Refused.class, () -> read(StoreKind.ETCD, script));
    assertTrue(failure.explanation().contains("--enable-v2"), failure.explanation());
  }

  @Test
  void anOldEtcdIsAskedByV2() throws InterruptedException {
    Function<Asked, Told> script =
        asked ->
            asked.path().startsWith("/v2/keys/herd/nodes")
                ? new Told(
                    200,
                    Map.of("X-Etcd-Index", "12"),
                    "{\"node\":{\"dir\":true,\"nodes\":[{\"key\":\"/a\",\"value\":\"10.0.0.1:1\"},"
                        + "{\"key\":\"/d\",\"dir\":true}]}}")
                : Told.failed(404, "404 page not found");
    assertEquals(new Listing(List.of("10.0.0.1:1"), 12), read(StoreKind.ETCD, script));
  }

  @Test
  void aSecondServerIsAskedWhenTheFirstIsNotWell() throws InterruptedException {
    try (ScriptedServer sick = new ScriptedServer(asked -> Told.failed(503, "no leader"));
        ScriptedServer well =
            new ScriptedServer(asked -> Told.ok("{\"header\":{\"revision\":\"3\"}}"));
        Directory directory = open(StoreKind.ETCD, "127.0.0.1:1", sick.address(), well.address())) {
      assertEquals(new Listing(List.of(), 3), directory.read());
      int before = sick.asked().size();
      directory.read();
      assertEquals(before, sick.asked().size(), "whoever answered is asked first");
    }
  }

  @Test
  void nobodyThereIsUnreachable() {
    try (Directory directory = open(StoreKind.CONSUL, "127.0.0.1:1")) {
      assertThrows(Unreachable.class, directory::read);
    }
  }

  @Test
  void whoSaysNothingIsWaitedForAWhileOnly() {
    CountDownLatch over = new CountDownLatch(1);
    Function<Asked, Told> script =
        asked -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Told.ok("");
        };
    assertThrows(
        TimedOut.class,
        () -> {
          try (ScriptedServer server = new ScriptedServer(script)) {
            StorePlace place = new StorePlace(List.of(server.address()), "a", Optional.empty());
            try (StoreHttp http = new StoreHttp(place)) {
              http.ask(Question.get("/").within(Duration.ofMillis(200)));
            } finally {
              over.countDown();
            }
          }
        });
  }

  @Test
  void aWatchEndsWithTheFirstChange() throws InterruptedException {
    String change = "{\"result\":{\"created\":true}}\n{\"result\":{\"events\":[{}]}}\n";
    Function<Asked, Told> script =
        asked -> Told.ok(asked.path().endsWith("watch") ? change + "x".repeat(1 << 20) : "{}");
    try (ScriptedServer server = new ScriptedServer(script);
        Directory directory = open(StoreKind.ETCD, server.address())) {
      directory.awaitChange(new Listing(List.of(), 41), LONG);
      Asked watch = server.asked().getLast();
      assertTrue(watch.body().contains("\"start_revision\":\"42\""), watch.body());
    }
  }

  @ParameterizedTest
  @CsvSource({"10 s,10s", "60 s,30s", "180 s,90s", "200000 s,86400s"})
  void aSessionOfConsulHasHalfTheTimeWithinItsBounds(String ttl, String session)
      throws InterruptedException {
    try (ScriptedConsul consul = new ScriptedConsul();
        Directory directory = open(StoreKind.CONSUL, consul.address())) {
      directory.register(
          "10.0.0.1:1", Duration.ofSeconds(Long.parseLong(ttl.substring(0, ttl.length() - 2))));
      String wish = consul.asked("PUT /v1/session/create").getFirst();
      assertTrue(wish.contains("\"TTL\":\"" + session + "\""), wish);
      assertTrue(wish.contains("\"Behavior\":\"delete\""), wish);
    }
  }

  @Test
  void consulIsRegisteredWithForAsLongAsTheSessionLives() throws InterruptedException {
    try (ScriptedConsul consul = new ScriptedConsul();
        Directory mine = open(StoreKind.CONSUL, consul.address());
        Directory other = open(StoreKind.CONSUL, consul.address())) {
      assertEquals(List.of(), other.read().values());
      mine.register("[fd00::1]:7411", LONG);
      other.awaitChange(new Listing(List.of(), 0), LONG);
      assertEquals(List.of("[fd00::1]:7411"), other.read().values());
      int writes = consul.asked("PUT /v1/kv/").size();
      mine.register("[fd00::1]:7411", LONG);
      assertEquals(writes, consul.asked("PUT /v1/kv/").size(), "nothing is written anew");
      assertEquals(1, consul.asked("PUT /v1/session/renew/").size());

      consul.endSessions();
      assertEquals(List.of(), other.read().values());
      mine.register("[fd00::1]:7411", LONG);
      assertEquals(List.of("[fd00::1]:7411"), other.read().values());

      mine.withdraw();
      assertEquals(List.of(), other.read().values());
    }
  }

  @Test
  void aNewLifeGoesOnWithTheSessionOfTheOneBefore() throws InterruptedException {
    try (ScriptedConsul consul = new ScriptedConsul();
        Directory before = open(StoreKind.CONSUL, consul.address());
        Directory after = open(StoreKind.CONSUL, consul.address())) {
      before.register("10.0.0.1:7411", LONG);
      after.register("10.0.0.1:7411", LONG);
      assertEquals(1, consul.asked("PUT /v1/session/create").size());
      after.withdraw();
      assertEquals(List.of(), after.read().values());
    }
  }

  @Test
  void zooKeeperThatIsNotThereIsUnreachable() {
    try (Directory directory = open(StoreKind.ZOOKEEPER, "127.0.0.1:1")) {
      assertInstanceOf(Unreachable.class, assertThrows(Failure.class, directory::read));
    }
  }
}
