package io.dockherd.apps.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.Artifact;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFetcherTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final ArtifactRules NEAR =
      ArtifactRules.defaults().allowing(List.of(Network.of("127.0.0.0/8")));

  @TempDir Path folder;
  @TempDir Path kept;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger looked = new AtomicInteger();
  private String base;

  @BeforeEach
  void serve() {
    HttpServer server =
        vertx.createHttpServer().requestHandler(ArtifactFetcherTest::answer).listen(0).await();
    base = "http://files.test:" + server.actualPort();
  }

  private static void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/app.jar", "/a%20b.txt" -> request.response().end("it");
      case "/secret" -> request.response().end(request.getHeader("Authorization"));
      case "/host" -> request.response().end(request.getHeader("Host"));
      case "/moved" ->
          request.response().setStatusCode(302).putHeader("Location", "/app.jar").end();
      case "/around" ->
          request.response().setStatusCode(302).putHeader("Location", "/around").end();
      case "/inside" ->
          request
              .response()
              .setStatusCode(302)
              .putHeader("Location", "http://169.254.169.254/latest/meta-data")
              .end();
      case "/file" ->
          request.response().setStatusCode(302).putHeader("Location", "file:///etc/passwd").end();
      case "/large" -> request.response().end("x".repeat(5000));
      case "/slow" -> request.response().setChunked(true).write("x");
      default -> request.response().setStatusCode(404).end();
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private ArtifactFetcher fetcher(ArtifactRules rules) {
    return new ArtifactFetcher(
        rules,
        new Download(
            vertx,
            rules,
            name -> {
              looked.incrementAndGet();
              return name.equals("files.test")
                  ? List.of(InetAddress.ofLiteral("127.0.0.1"))
                  : List.of(InetAddress.getAllByName(name));
            }),
        new ArtifactCache(Optional.of(kept), 3, InstantSource.system()));
  }

  private void fetch(ArtifactRules rules, String uri, boolean isExecutable, String path) {
    fetcher(rules).fetch(new Artifact(uri, true, isExecutable, false, path), folder, LIMIT);
  }

  private Failure fails(ArtifactRules rules, String uri) throws IOException {
    Failure failure = assertThrows(Failure.class, () -> fetch(rules, uri, false, ""));
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of(),
          files.filter(file -> !file.getFileName().toString().startsWith(".fetch")).toList());
    }
    return failure;
  }

  @Test
  void aFileIsPutUnderItsName() throws IOException {
    fetch(NEAR, base + "/app.jar?x=1", true, "");
    fetch(NEAR, base + "/moved", false, "conf/settings");
    fetch(NEAR, base + "/a%20b.txt", false, "");
    assertEquals("it", Files.readString(folder.resolve("app.jar")));
    assertTrue(Files.isExecutable(folder.resolve("app.jar")));
    assertEquals("it", Files.readString(folder.resolve("conf/settings")));
    assertFalse(Files.isExecutable(folder.resolve("conf/settings")));
    assertEquals("it", Files.readString(folder.resolve("a b.txt")));
  }

  @Test
  void theServerIsAskedUnderItsNameByAnAddressThatWasLookedUpOnce() throws IOException {
    fetch(NEAR, base + "/host", false, "");
    assertEquals(base.substring("http://".length()), Files.readString(folder.resolve("host")));
    assertEquals(1, looked.get());
  }

  @Test
  void aDeadAddressIsToldWithItsUrl() throws IOException {
    Failure failure = fails(NEAR, base + "/nothing.zip");
    assertInstanceOf(NotFound.class, failure);
    assertTrue(failure.getMessage().contains(base + "/nothing.zip"), failure::getMessage);
    assertTrue(failure.getMessage().contains("404"), failure::getMessage);
    assertInstanceOf(Unreachable.class, fails(NEAR, "http://127.0.0.1:1/x"));
    assertInstanceOf(Invalid.class, fails(NEAR, "http://a b/"));
  }

  @Test
  void neighboursAreAskedOnlyWhereThatIsAllowed() throws IOException {
    assertInstanceOf(Refused.class, fails(ArtifactRules.defaults(), base + "/app.jar"));
    assertInstanceOf(Refused.class, fails(NEAR, "http://[::1]:80/x"));
    assertInstanceOf(Refused.class, fails(NEAR, base + "/inside"));
    assertInstanceOf(Refused.class, fails(NEAR, base + "/file"));
    assertInstanceOf(Refused.class, fails(NEAR, base + "/around"));
    assertInstanceOf(Refused.class, fails(NEAR, "ftp://files.test/x"));
  }

  @Test
  void whatIsTooLargeOrTooSlowIsGivenUp() throws IOException {
    assertInstanceOf(Refused.class, fails(NEAR.upTo(4999, 1000, 10), base + "/large"));
    assertThrows(
        TimedOut.class,
        () ->
            fetcher(NEAR)
                .fetch(
                    new Artifact(base + "/slow", false, false, false, ""),
                    folder,
                    Duration.ofMillis(300)));
  }

  @Test
  void namesAndPasswordsAreUsedAndNotTold() throws IOException {
    String with = base.replace("http://", "http://me:top@");
    fetch(NEAR, with + "/secret", false, "");
    assertEquals("Basic bWU6dG9w", Files.readString(folder.resolve("secret")));
    Failure failure = assertThrows(Failure.class, () -> fetch(NEAR, with + "/nothing", false, ""));
    assertFalse(failure.getMessage().contains("top"), failure::getMessage);
  }

  @Test
  void noFailureTellsAPassword() throws IOException {
    String with = base.replace("http://", "http://me:top@");
    Path archive = Files.writeString(folder.resolve("no.zip"), "none");
    String mine = archive.toUri().toString().replace("file:///", "file://me:top@localhost/");
    List<Failure> failures =
        List.of(
            assertThrows(Failure.class, () -> fetch(NEAR, "http://me:top@a b/", false, "")),
            assertThrows(Failure.class, () -> fetch(NEAR, "ftp://me:top@host/x", false, "")),
            assertThrows(Failure.class, () -> fetch(NEAR, mine, false, "")),
            assertThrows(Failure.class, () -> fetch(NEAR.by(Set.of("file")), mine, false, "")),
            assertThrows(Failure.class, () -> fetch(NEAR, with + "/app.jar", false, "../out")));
    for (Failure failure : failures) {
      assertFalse(failure.explanation().contains("top"), failure::explanation);
      assertFalse(failure.subject().contains("top"), failure::subject);
      assertFalse(String.valueOf(failure.getCause()).contains("top"), failure::explanation);
    }
  }

  @Test
  void aNameNobodyAnswersForIsGivenUpInTime() {
    CountDownLatch never = new CountDownLatch(1);
    Download.Names silent =
        name -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    try (Download download = new Download(vertx, NEAR, silent)) {
      assertThrows(
          TimedOut.class,
          () ->
              download.fetch(
                  URI.create("http://files.test/x"), folder.resolve("x"), Duration.ofMillis(100)));
    } finally {
      never.countDown();
    }
  }

  @Test
  void filesOfTheMachineAreFetchedOnlyWhereThatIsAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), "mine");
    assertThrows(Refused.class, () -> fetch(NEAR, file.toUri().toString(), false, "copy"));
    ArtifactRules open = NEAR.by(Set.of("file"));
    fetch(open, file.toUri().toString(), false, "copy");
    assertEquals("mine", Files.readString(folder.resolve("copy")));
    assertThrows(Refused.class, () -> fetch(open, base + "/app.jar", false, ""));
  }

  @Test
  void whatNeverChangesIsFetchedOnceAndKeptWhileThereIsRoom() {
    ArtifactFetcher fetcher = fetcher(NEAR);
    for (String path : List.of("one", "two")) {
      fetcher.fetch(new Artifact(base + "/app.jar", false, false, true, path), folder, LIMIT);
    }
    assertEquals(1, looked.get());
    fetcher.fetch(new Artifact(base + "/moved", false, false, true, "three"), folder, LIMIT);
    fetcher.fetch(new Artifact(base + "/app.jar", false, false, true, "four"), folder, LIMIT);
    assertEquals(4, looked.get(), "two and the redirect: the first had to make room");
  }

  @Test
  void nothingIsPutOutsideOfTheFolder() {
    assertThrows(Invalid.class, () -> fetch(NEAR, base + "/app.jar", false, "../out"));
    assertThrows(Invalid.class, () -> fetch(NEAR, base + "/app.jar", false, "/tmp/out"));
  }
}
