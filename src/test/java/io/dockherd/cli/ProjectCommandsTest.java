package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.access.Gate;
import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.apps.AppsDoorBench;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about projects and apps, at a door with the herd's own apps behind it. */
class ProjectCommandsTest {
  private static final String SHOP =
      """
      services:
        web: {image: busybox, ports: ["8080:80"], depends_on: [db]}
        db: {image: busybox, volumes: ["data:/d"]}
      volumes: {data: }
      """;

  @TempDir private Path folder;
  private final AppsDoorBench door = new AppsDoorBench(Gate.EVERYTHING, Planned::of);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    door.close();
  }

  /** Plans one instance of each: where they really go, planners' own tests say. */
  private record Planned(Apps apps) {
    static Apps of(Apps apps) {
      return (Apps)
          Proxy.newProxyInstance(
              Apps.class.getClassLoader(),
              new Class<?>[] {Apps.class},
              (proxy, method, arguments) -> new Planned(apps).call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      if (!method.getName().equals("preview") || !(arguments[0] instanceof List)) {
        try {
          return method.invoke(apps, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
      List<Step> steps = new ArrayList<>();
      for (Object wanted : (List<?>) arguments[0]) {
        AppPath path = ((Wanted) wanted).path();
        if (apps.find(path).isEmpty()) {
          InstanceId id = new InstanceId(1, "aaaaaaaa");
          steps.add(new Step.Run(path, id, new RevisionId(1, "00000000"), "host-1", "is new"));
        }
      }
      return new Plan(steps, Optional.empty());
    }
  }

  private int run(String... line) {
    CommandLine commands = CommandTree.build();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(line));
    all.add("--door");
    all.add(door.url());
    return commands.execute(all.toArray(String[]::new));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("compose.yaml"), text).toString();
  }

  /** What stewards and nodes do: as soon as an app is rolled out, it is so. */
  private void whenAppsChangeTheySettle() {
    door.bench().apps().listen(this::settle);
  }

  private void settle(AppEvent event) {
    if (event instanceof AppEvent.RolloutBegan(AppPath path, var rollout)) {
      door.bench().run(path.value(), 1, "host-1");
      door.bench().settle(path.value());
    }
  }

  @Test
  void upShowsThePlanTellsHowItGoesAndEndsWithTheApps() throws IOException {
    whenAppsChangeTheySettle();
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--yes"), err::toString);
    String told = out.toString();
    assertTrue(told.contains("  run /shop/web #1 of revision 1-00000000 on host-1"), told);
    assertTrue(told.contains("/shop/db is new: revision 1-"), told);
    assertTrue(told.contains("APP        REVISION"), told);
    assertTrue(
        told.lines().anyMatch(line -> line.matches("/shop/web +1-\\w+ +1/1 +settled")), told);
    assertTrue(
        err.toString().contains("warning: the services find each other by name"), err::toString);
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--yes"), err::toString);
    assertTrue(out.toString().contains("all is so already"), out.toString());
  }

  @Test
  void aServiceThatHasGoneFromTheFileIsRemovedUnlessServicesAreNamed() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    String less = file("services: {web: {image: busybox}, other: {image: busybox}}");
    assertEquals(0, run("up", "-f", less, "-p", "shop", "--yes", "other"), err::toString);
    assertTrue(door.bench().apps().find(AppPath.of("/shop/db")).isPresent());
    assertEquals(0, run("up", "-f", less, "-p", "shop", "--yes"), err::toString);
    assertTrue(door.bench().apps().find(AppPath.of("/shop/db")).isEmpty());
  }

  @Test
  void aServiceOfAProfileThatIsNotActiveNowRunsOn() throws IOException {
    whenAppsChangeTheySettle();
    String file =
        file(
            """
            services:
              web: {image: busybox}
              debug: {image: busybox, profiles: [debug]}
            """);
    String[] up = {"up", "-f", file, "-p", "shop", "--yes"};
    assertEquals(0, run("up", "-f", file, "-p", "shop", "--yes", "--profile", "debug"));
    assertEquals(0, run(up), err::toString);
    assertEquals(2, door.bench().apps().under("/shop").size());
    file("services: {web: {image: busybox}}");
    assertEquals(0, run(up), err::toString);
    assertEquals(1, door.bench().apps().under("/shop").size());
  }

  @Test
  void aDryRunDoesNothing() throws IOException {
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--dry-run"), err::toString);
    assertTrue(out.toString().endsWith("2 steps to do\n"), out.toString());
    assertEquals(List.of(), door.bench().apps().under("/"));
  }

  @Test
  void nobodyToAskIsNoYes() throws IOException {
    assertEquals(1, run("up", "-f", file(SHOP), "-p", "shop"));
    assertTrue(err.toString().contains("nobody is here to ask; say --yes"), err::toString);
    assertEquals(List.of(), door.bench().apps().under("/"));
  }

  @Test
  void aRolloutThatFailsIsAFailureWithTheLastLines() throws IOException {
    door.bench()
        .apps()
        .listen(
            event -> {
              if (event instanceof AppEvent.RolloutBegan) {
                Instance one = door.bench().run("/shop/web", 1, "host-1");
                door.bench().fail(one, "container web ended with code 3");
                door.bench().pause("/shop/web", "1 of 1 new instances failed");
              }
            });
    String file = file("services: {web: {image: busybox}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--yes"));
    assertTrue(
        err.toString()
            .contains(
                "/shop/web could not be rolled out: 1 of 1 new instances failed\n"
                    + "  on host-1: container web ended with code 3\n  | out of cheese"),
        err::toString);
  }

  @Test
  void anAppThatFailsAgainAndAgainIsNotWaitedFor() throws IOException {
    AtomicBoolean isOver = new AtomicBoolean();
    door.bench()
        .apps()
        .listen(
            event -> {
              if (event instanceof AppEvent.RolloutBegan) {
                Thread.ofVirtual().start(() -> failAgainAndAgain(isOver));
              }
            });
    String file = file("services: {web: {image: busybox}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--yes", "--timeout", "60"));
    isOver.set(true);
    String told = err.toString();
    assertTrue(
        told.matches(
            "(?s).*/shop/web could not be rolled out: \\d+ instances failed\n"
                + "  on host-1: container web ended with code 3\n  \\| out of cheese\n"
                + "  the herd goes on trying: .*"),
        told);
  }

  private void failAgainAndAgain(AtomicBoolean isOver) {
    Instance one = door.bench().run("/shop/web", 1, "host-1");
    while (!isOver.get()) {
      door.bench().fail(one, "container web ended with code 3");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  void whyAnAppFindsNoPlaceIsSaidAndWhatItWaitsForInTheEnd() throws IOException {
    Waiting waiting =
        new Waiting(
            1,
            door.bench().now(),
            Instant.EPOCH,
            "no node can take one",
            Map.of("host-1", "has 0 of 2 CPUs free"));
    door.bench()
        .apps()
        .listen(
            event -> {
              if (event instanceof AppEvent.RolloutBegan) {
                door.bench().waits("/shop/web", waiting);
              }
            });
    String file = file("services: {web: {image: busybox}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--yes", "--timeout", "1"));
    assertTrue(
        out.toString()
            .contains("/shop/web waits: no node can take one\n  host-1: has 0 of 2 CPUs free\n"),
        out::toString);
    assertTrue(
        err.toString()
            .contains(
                "/shop/web took longer than 1 s\n"
                    + "  /shop/web: start under way, waits: no node can take one\n  it goes on"),
        err::toString);
  }

  @Test
  void detachedItDoesNotWait() throws IOException {
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--yes", "-d"), err::toString);
    assertEquals(2, door.bench().apps().under("/shop").size());
  }

  @Test
  void aPodIsOneApp() throws IOException {
    whenAppsChangeTheySettle();
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--pod", "--yes"), err::toString);
    assertTrue(door.bench().apps().find(AppPath.of("/shop")).isPresent());
  }

  @Test
  void anImageNobodyHasIsRefusedWithTheLineThatBuildsIt() throws IOException {
    String file = file("services: {web: {build: .}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--yes"));
    assertTrue(
        err.toString()
            .contains(
                "no node has the image shop-web, which is to be built; say --build, or build it"
                    + " yourself: docker -H http://127.0.0.1:2375/ build -t shop-web "
                    + folder),
        err::toString);
  }

  @Test
  void whatCantBeRunIsSaidAtOnce() throws IOException {
    String file = file("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {external: true}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--yes"));
    assertTrue(err.toString().contains("secret s is external"), err::toString);
  }

  @Test
  void theAppsAsJson() throws IOException {
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "shop", "--json"), err::toString);
    assertTrue(out.toString().contains("\"path\" : \"/shop/web\""), out.toString());
  }

  @Test
  void aSecretMayBeMadeOfAVariableOfAnEnvFile() throws IOException {
    String file =
        file("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: SHOP_TEST_KEY}}");
    assertEquals(1, run("up", "-f", file, "-p", "shop", "--json"));
    assertTrue(err.toString().contains("the variable SHOP_TEST_KEY is not set"), err::toString);
    String env = Files.writeString(folder.resolve("keys.env"), "SHOP_TEST_KEY=open\n").toString();
    assertEquals(0, run("up", "-f", file, "-p", "shop", "--json", "--env-file", env));
    String content = Base64.getEncoder().encodeToString("open".getBytes(StandardCharsets.UTF_8));
    assertTrue(out.toString().contains(content.replace("=", "")), out::toString);
  }

  @Test
  void listsAreAligned() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    out.getBuffer().setLength(0);
    assertEquals(0, run("ps", "shop"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals(3, lines.size(), out.toString());
    assertEquals(lines.get(0).indexOf("NODE"), lines.get(1).indexOf("host-1"));
    assertTrue(lines.get(2).contains("healthy"), out.toString());
    assertEquals(0, run("apps", "--json"));
    assertTrue(out.toString().contains("\"present\""), out.toString());
  }

  @Test
  void scaleRestartAndRollback() throws IOException {
    whenAppsChangeTheySettle();
    String file = file(SHOP);
    run("up", "-f", file, "-p", "shop", "--yes");
    assertEquals(0, run("scale", "-p", "shop", "web=3"), err::toString);
    assertEquals(3, door.bench().app("/shop/web").instances());
    assertEquals(0, run("scale", "shop/web=2"), err::toString);
    assertEquals(2, run("scale", "web"));
    String before = door.bench().app("/shop/web").revision().toString();
    assertEquals(0, run("restart", "/shop/web"), err::toString);
    assertFalse(door.bench().app("/shop/web").revision().toString().equals(before));
    assertEquals(0, run("rollback", "shop/web"), err::toString);
    assertEquals(before, door.bench().app("/shop/web").revision().toString());
    assertEquals(1, run("restart", "shop/none"));
    assertTrue(err.toString().contains("there is no app /shop/none"), err::toString);
  }

  @Test
  void whatWouldBeDoneIsShownAndNotDone() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    door.bench().run("/shop/web", 1, "host-1");
    App before = door.bench().app("/shop/web");
    record Case(String line, String told) {}
    for (Case one :
        List.of(
            new Case("scale shop/web=3 --dry-run", "/shop/web: 3 steps to do"),
            new Case("scale shop/web=1 --dry-run", "/shop/web: nothing to do"),
            new Case("restart shop/web --dry-run", "/shop/web: 3 steps to do"),
            new Case("down shop --dry-run", "stop /shop/db #1"))) {
      out.getBuffer().setLength(0);
      assertEquals(0, run(one.line().split(" ")), err::toString);
      assertTrue(out.toString().contains(one.told()), one + out.toString());
      assertEquals(before, door.bench().app("/shop/web"));
    }
  }

  @Test
  void downRemovesAppsAndWhatIsLeft() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    out.getBuffer().setLength(0);
    assertEquals(0, run("down", "shop"), err::toString);
    assertTrue(out.toString().contains("/shop/db: removed\n/shop/web: removed\n"), out.toString());
    assertEquals(List.of(), door.bench().apps().under("/"));
    assertEquals(1, run("down", "shop"));
    assertTrue(err.toString().contains("there is no app in /shop"), err::toString);
  }

  @Test
  void downNamesWhatItDidNotDo() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    door.fleet().script =
        (node, request) ->
            request.method().equals("DELETE")
                ? ScriptedFleet.json(403, "{\"message\":\"has active endpoints\"}")
                : ScriptedFleet.json(
                    200, request.path().equals("/networks") ? "[{\"Name\":\"shop_a\"}]" : "{}");
    assertEquals(1, run("down", "shop"));
    assertTrue(
        err.toString().contains("network shop_a on host-1 stays: has active endpoints"),
        err::toString);
    assertTrue(err.toString().contains("2 things of /shop stay"), err::toString);
    door.fleet().script =
        (node, request) -> {
          if (node.equals("host-2")) {
            throw new Unreachable(node, "its engine does not answer", "");
          }
          return ScriptedFleet.json(200, "{}");
        };
    assertEquals(1, run("down", "shop"));
    assertTrue(
        err.toString().contains("what is left of /shop on host-2 is not known"), err::toString);
  }

  @Test
  void theProjectsNameIsReadTheSameByAll() throws IOException {
    whenAppsChangeTheySettle();
    assertEquals(0, run("up", "-f", file(SHOP), "-p", "My.Shop", "--yes"), err::toString);
    assertEquals(0, run("scale", "-p", "My.Shop", "web=2"), err::toString);
    assertEquals(2, door.bench().app("/myshop/web").instances());
    assertEquals(0, run("down", "-p", "My.Shop"), err::toString);
    assertEquals(List.of(), door.bench().apps().under("/"));
    assertEquals(1, run("down", "-p", "..."));
    assertTrue(err.toString().contains("leaves no name for the project"), err::toString);
  }

  @Test
  void aNameNobodyHasIsNoEmptyTable() throws IOException {
    whenAppsChangeTheySettle();
    assertEquals(0, run("ps"), err::toString);
    assertEquals(0, run("apps"), err::toString);
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    for (String command : List.of("ps", "apps")) {
      assertEquals(0, run(command, "shop/web"), err::toString);
      err.getBuffer().setLength(0);
      assertEquals(1, run(command, "typo"));
      assertTrue(err.toString().contains("there is no app in typo"), err::toString);
    }
  }

  @Test
  void logsOfAServiceByItsName() throws IOException {
    whenAppsChangeTheySettle();
    run("up", "-f", file(SHOP), "-p", "shop", "--yes");
    assertEquals(0, run("logs", "-p", "shop", "web"), err::toString);
    assertEquals(0, run("logs", "shop"), err::toString);
    assertEquals(0, run("logs", "shop/web"), err::toString);
    assertEquals(1, run("logs", "-p", "shop", "typo"));
    assertEquals(1, run("logs", "web"));
    assertTrue(err.toString().contains("there is no app in /web"), err::toString);
  }

  @Test
  void aDoorThatIsNoAddressIsAnArgumentThatIsWrong() {
    for (String wrong : List.of("localhost:8080", "tcp://host:1", "http://", "http://a b/")) {
      err.getBuffer().setLength(0);
      CommandLine commands = CommandTree.build();
      commands.setErr(new PrintWriter(err, true));
      assertEquals(2, commands.execute("ps", "--door", wrong));
      assertTrue(
          err.toString().contains("'" + wrong + "' is no door: write http://HOST:PORT/"),
          err::toString);
    }
  }

  @Test
  void logsOfAProjectThatIsNotThere() {
    assertEquals(1, run("logs", "shop"));
    assertTrue(err.toString().contains("there is no app in /shop"), err::toString);
  }

  @Test
  void aDoorThatIsNoneIsNamed() {
    CommandLine commands = CommandTree.build();
    commands.setErr(new PrintWriter(err, true));
    assertEquals(1, commands.execute("ps", "--door", "http://127.0.0.1:9/"));
    assertTrue(err.toString().contains("name the door of a node with --door"), err::toString);
  }
}
