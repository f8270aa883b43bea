package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Tool;
import io.dockherd.failure.Failure;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.Insistent;
import io.dockherd.herd.discovery.stores.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's etcd, by v3. */
class RealEtcdTest {
  @TempDir static Path folder;
  private static LocalServer server;

  @BeforeAll
  static void start() {
    Tool.require("etcd");
    server = LocalServer.etcd(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Supplier<Directory> store(String prefix) {
    return () -> StoreUrl.parse("etcd://" + server.address() + "/" + prefix, Map.of()).open();
  }

  @Test
  void nodesFindEachOtherThroughOutages() {
    RealStoreCases.nodesFindEachOtherThroughOutages(server, store("outages"));
  }

  @Test
  void valuesAreRegisteredForATime() throws InterruptedException {
    RealStoreCases.valuesAreRegisteredForATime(store("times"));
  }

  @Test
  void whoeverDiesIsForgotten() throws InterruptedException {
    try (Directory dead = new Insistent(store("dead").get());
        Directory other = new Insistent(store("dead").get())) {
      long before = other.read().mark();
      dead.register("10.0.0.1:7411", Duration.ofSeconds(1));
      assertTrue(other.read().mark() > before, "it was there");
      Await.until("it is gone", RealStoreCases.LIMIT, () -> isEmpty(other));
    }
  }

  private static boolean registers(Directory directory) {
    try {
      directory.register("10.0.0.1:7411", Duration.ofMinutes(1));
      return true;
    } catch (Failure notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isEmpty(Directory directory) {
    try {
      return directory.read().values().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void whatSomebodyDeletedIsPutInAgain() throws InterruptedException {
    Tool.require("etcdctl");
    try (Directory mine = new Insistent(store("deleted").get())) {
      mine.register("10.0.0.1:7411", Duration.ofMinutes(1));
      ctl("del", "deleted/docker/swarm/nodes/10.0.0.1:7411");
      assertEquals(List.of(), mine.read().values());
      mine.register("10.0.0.1:7411", Duration.ofMinutes(1));
      assertEquals(List.of("10.0.0.1:7411"), mine.read().values());
      ctl("put", "deleted/docker/swarm/nodes/other", "10.0.0.9:7411");
      assertEquals(List.of("10.0.0.1:7411", "10.0.0.9:7411"), mine.read().values());
    }
  }

  private static void ctl(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("env", "ETCDCTL_API=3", "etcdctl", "--endpoints=" + server.address()));
    command.addAll(List.of(arguments));
    Tool.Outcome outcome = Tool.run(command);
    assertEquals(0, outcome.status(), outcome.said());
  }

  @Test
  void anEngineIsRegisteredUntilItsAgentIsTold() throws InterruptedException {
    String url = "etcd://" + server.address() + "/agents";
    Registration registration =
        Registration.of(url, Map.of(), new HostPort("10.0.0.1", 2375), Duration.ofSeconds(30));
    Thread agent = Thread.ofVirtual().start(() -> registration.keep(Duration.ofMinutes(1)));
    Await.until("it is listed", RealStoreCases.LIMIT, () -> !engines(url).isEmpty());
    assertEquals(List.of(new HostPort("10.0.0.1", 2375)), engines(url));
    agent.interrupt();
    assertTrue(agent.join(RealStoreCases.LIMIT));
    Await.until("it is taken out", RealStoreCases.LIMIT, () -> engines(url).isEmpty());
  }

  private static List<HostPort> engines(String url) {
    try (Directory directory = new Insistent(StoreUrl.parse(url, Map.of()).open());
        Roster roster = new StoredRoster(url, directory, Duration.ofMinutes(3))) {
      return roster.read();
    }
  }

  @Test
  void overTlsWithCertificatesOfOnesOwn(@TempDir Path secrets) throws InterruptedException {
    Tool.require("openssl");
    TestCertificates made = TestCertificates.in(secrets);
    List<String> tls =
        List.of(
            "--client-cert-auth",
            "--trusted-ca-file=" + made.authority(),
            "--cert-file=" + made.certificate(),
            "--key-file=" + made.key());
    try (LocalServer secure = LocalServer.etcd(secrets, "https", tls)) {
      String url = "etcd://" + secure.address();
      Map<String, String> all =
          Map.of(
              "kv.cacertfile",
              made.authority().toString(),
              "kv.certfile",
              made.certificate().toString(),
              "kv.keyfile",
              made.key().toString());
      try (Directory directory = StoreUrl.parse(url, all).open()) {
        Await.until("it registers", RealStoreCases.LIMIT, () -> registers(directory));
        assertEquals(List.of("10.0.0.1:7411"), new Insistent(directory).read().values());
      }
      Map<String, String> nothingShown = Map.of("kv.cacertfile", made.authority().toString());
      try (Directory directory = StoreUrl.parse(url, nothingShown).open()) {
        assertThrows(Failure.class, directory::read);
      }
      try (Directory directory = StoreUrl.parse(url, Map.of()).open()) {
        assertThrows(Failure.class, directory::read, "in clear text");
      }
    }
  }
}
