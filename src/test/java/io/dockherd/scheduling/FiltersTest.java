package io.dockherd.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.scheduling.expressions.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  private static final long GIB = 1L << 30;
  private static final Scheduler ALL =
      new Scheduler(Filters.of(Filters.names(), 0.05), new Spread(), new Random(1));

  private static NodeLoad node(String name, Map<String, String> labels, Contents contents) {
    int count = contents.tenants().size();
    return new NodeLoad(name, "ID:" + name, "", count, 0, 4, 0, 8 * GIB, 8 * GIB, labels, contents);
  }

  private static NodeLoad node(String name, Tenant... tenants) {
    return node(name, Map.of(), contents(tenants));
  }

  private static Contents contents(Tenant... tenants) {
    return Contents.of(List.of(tenants), Set.of(), Set.of(), Set.of());
  }

  private static Tenant tenant(String name, boolean isStopped, PortClaim... ports) {
    return new Tenant(
        name + "0123456789ab", List.of(name), Map.of(), new Needs(0, 0, List.of(ports)), isStopped);
  }

  private static Tenant labelled(String name, String key, String value) {
    return new Tenant(name, List.of(name), Map.of(key, value), Needs.NONE, false);
  }

  /** {@code 0.0.0.0:80/tcp}, {@code 8000-8002/udp}, {@code host:53/udp}. */
  private static PortClaim port(String text) {
    boolean isOfHost = text.startsWith("host:");
    String rest = isOfHost ? text.substring(5) : text;
    int colon = rest.lastIndexOf(':');
    String ip = colon < 0 ? "" : rest.substring(0, colon);
    String[] parts = rest.substring(colon + 1).split("[-/]");
    int first = Integer.parseInt(parts[0]);
    int last = parts.length == 3 ? Integer.parseInt(parts[1]) : first;
    return new PortClaim(isOfHost, ip, first, last, parts[parts.length - 1]);
  }

  private static Demand demand(Needs needs, List<Rule> rules, List<Rule> wishes) {
    Tenant newcomer = new Tenant("", List.of("new"), Map.of(), needs, false);
    return new Demand("a container", 0, newcomer, rules, wishes, Set.of());
  }

  private static Demand publishing(String... ports) {
    List<PortClaim> claims = Arrays.stream(ports).map(FiltersTest::port).toList();
    return demand(new Needs(0, 0, claims), List.of(), List.of());
  }

  private static Demand demanding(Rule... rules) {
    return demand(Needs.NONE, List.of(rules), List.of());
  }

  private static Rule constraint(String text) {
    return new Rule.Constraint(Expression.parse(text));
  }

  private static Rule affinity(String text) {
    return new Rule.Affinity(Expression.parse(text));
  }

  private static List<String> fitting(Demand demand, NodeLoad... nodes) {
    return ALL.rank(demand, List.of(nodes)).nodes().stream().sorted().toList();
  }

  @ParameterizedTest(name = "{0} beside {1}: {2}")
  @CsvSource({
    "80/tcp,             80/tcp,             false",
    "80/tcp,             81/tcp,             true",
    "53/udp,             53/tcp,             true",
    "10.0.0.1:80/tcp,    10.0.0.2:80/tcp,    true",
    "10.0.0.1:80/tcp,    10.0.0.1:80/tcp,    false",
    "10.0.0.1:80/tcp,    0.0.0.0:80/tcp,     false",
    "10.0.0.1:80/tcp,    80/tcp,             false",
    "0.0.0.0:80/tcp,     :::80/tcp,          true",
    "fe80::1:80/tcp,     :::80/tcp,          false",
    "80-82/tcp,          81/tcp,             true",
    "81-81/tcp,          81/tcp,             false",
    "host:80/tcp,        host:80/tcp,        false",
    "host:80/tcp,        host:80/udp,        true",
    "host:80/tcp,        80/tcp,             true",
  })
  void portsOfAHostAreHadOnce(String asked, String held, boolean fits) {
    NodeLoad there = node("a", tenant("web", false, port(held)));
    assertEquals(fits, !fitting(publishing(asked), there).isEmpty());
  }

  @Test
  void aRangeNeedsOneFreePort() {
    NodeLoad there =
        node("a", tenant("x", false, port("80/tcp")), tenant("y", false, port("81/tcp")));
    assertEquals(List.of("a"), fitting(publishing("80-82/tcp"), there));
    assertEquals(List.of(), fitting(publishing("80-81/tcp"), there));
  }

  @Test
  void aStoppedContainersPortIsLeftToItWhereThereIsAChoice() {
    NodeLoad stopped = node("a", tenant("web", true, port("80/tcp")));
    NodeLoad busy = node("b", tenant("x", true), tenant("y", true), tenant("z", false));
    Placement placement = ALL.place(wishing(publishing("80/tcp")), 1, List.of(stopped, busy));
    assertEquals(List.of("b"), placement.nodes(), "though it has more to do");
    assertEquals(
        List.of("a"), ALL.place(wishing(publishing("80/tcp")), 1, List.of(stopped)).nodes());
  }

  private static Demand wishing(Demand demand) {
    return demand(
        demand.newcomer().needs(),
        List.of(),
        List.of(new Rule.NoStoppedHolder(demand.newcomer().needs().ports())));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "node==host-1,        host-1",
    "node!=host-1,        host-2 host-3",
    "node==ID:host-2,     host-2",
    "node==host-[12],     host-1 host-2",
    "zone==a,             host-1",
    "zone!=a,             host-2 host-3",
    "zone!=~x,            host-1 host-2 host-3",
    "storagedriver==overlay*, host-1 host-2",
  })
  void constraintsAreAboutTheNode(String text, String expected) {
    String driver = "storagedriver";
    NodeLoad[] nodes = {
      node("host-1", Map.of("zone", "a", driver, "overlay2"), Contents.NONE),
      node("host-2", Map.of("zone", "b", driver, "overlay"), Contents.NONE),
      node("host-3", Map.of(driver, "zfs"), Contents.NONE)
    };
    assertEquals(Arrays.asList(expected.split(" ")), fitting(demanding(constraint(text)), nodes));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      nullValues = "nowhere",
      value = {
        "container==web,     a",
        "container==w*,      a",
        "container!=web,     b c",
        "app==shop,          a",
        "app!=shop,          b c",
        "image==redis,       c",
        "image==redis:6,     c",
        "image!=redis,       a b",
        "container==nobody,  nowhere",
      })
  void affinitiesAreAboutWhatIsThere(String text, String expected) {
    NodeLoad[] nodes = {
      node("a", labelled("web", "app", "shop")),
      node("b", labelled("db", "app", "base")),
      node(
          "c",
          Map.of(),
          Contents.of(List.of(), Set.of("redis", "redis:6", "sha256:ab"), Set.of(), Set.of()))
    };
    List<String> wanted = expected == null ? List.of() : Arrays.asList(expected.split(" "));
    assertEquals(wanted, fitting(demanding(affinity(text)), nodes));
  }

  @Test
  void theWhitelistNamesNodes() {
    Rule rule = new Rule.Whitelist(Set.of("a", "c"), "node==a|c");
    assertEquals(List.of("a", "c"), fitting(demanding(rule), node("a"), node("b"), node("c")));
  }

  @Test
  void whatAContainerSharesWithAnotherIsOnItsNode() {
    Rule link = new Rule.Beside("--link=db:x", "db");
    Rule byId = new Rule.Beside("--net=container:db01", "db01");
    NodeLoad there = node("b", tenant("db", true));
    assertEquals(List.of("b"), fitting(demanding(link, byId), node("a"), there));
    assertEquals(List.of(), fitting(demanding(link), node("a")));
  }

  @Test
  void aVolumeThatIsSomewhereDecidesAndANewOneDoesNot() {
    NodeLoad holder =
        node("b", Map.of(), Contents.of(List.of(), Set.of(), Set.of("data"), Set.of("net")));
    assertEquals(List.of("b"), fitting(demanding(new Rule.Volume("data")), node("a"), holder));
    assertEquals(List.of("b"), fitting(demanding(new Rule.Network("net")), node("a"), holder));
    assertEquals(
        List.of("a", "b"), fitting(demanding(new Rule.Volume("fresh")), node("a"), holder));
  }

  @Test
  void slotsAreContainersInAnyState() {
    Map<String, String> two = Map.of("containerslots", "2");
    NodeLoad full = node("a", two, contents(tenant("x", true), tenant("y", false)));
    NodeLoad free = node("b", two, contents(tenant("x", true)));
    NodeLoad nonsense = node("c", Map.of("containerslots", "many"), contents(tenant("x", true)));
    assertEquals(List.of("b", "c"), fitting(demanding(), full, free, nonsense));
  }

  @Test
  void whatIsReservedNeverExceedsWhatThereIs() {
    Demand large = demand(new Needs(3 * GIB, 1_500_000_000L, List.of()), List.of(), List.of());
    Placement placement = ALL.place(large, 9, List.of(node("a"), node("b")));
    assertEquals(4, placement.nodes().size(), "two for memory's sake, two for the CPUs'");
    assertEquals(
        "has 6144 of 8601 MiB of memory reserved, 3072 MiB are asked for",
        placement.refused().get("a"));
    Demand cpus = demand(new Needs(0, 5_000_000_000L, List.of()), List.of(), List.of());
    assertEquals(
        "has 0.00 of 4.20 CPUs reserved, 5.00 are asked for",
        ALL.place(cpus, 1, List.of(node("a"))).refused().get("a"));
  }

  @Test
  void conditionsAreThoseThatKeptNodesAway() {
    Demand demand =
        demand(
            new Needs(0, 0, List.of(port("80/tcp"))),
            List.of(
                new Rule.Beside("--link=db:x", "db"),
                affinity("image==redis"),
                constraint("node==nope")),
            List.of());
    NodeLoad linked =
        node(
            "a",
            Map.of(),
            Contents.of(List.of(tenant("db", false)), Set.of("redis"), Set.of(), Set.of()));
    assertEquals(
        List.of(
            "[port 80 (Bridge mode)]",
            "[available container slots]",
            "[--link=db:x]",
            "[image==redis (soft=false)]",
            "[node==nope]"),
        ALL.place(demand, 1, List.of(linked)).conditions());
    assertEquals(
        List.of("[port 80 (Bridge mode)]", "[available container slots]", "[--link=db:x]"),
        ALL.place(demand, 1, List.of(node("b"))).conditions());
    assertEquals(
        List.of(), ALL.place(demand, 1, List.of(NodeLoad.unavailable("c", "off"))).conditions());
  }

  @Test
  void aWishIsDroppedByItselfAndNeverForOneAfterIt() {
    NodeLoad[] nodes = {
      node("a", Map.of("zone", "x", "disk", "ssd"), Contents.NONE),
      node("b", Map.of("zone", "y", "disk", "ssd"), Contents.NONE),
      node("c", Map.of("zone", "x", "disk", "hdd"), Contents.NONE)
    };
    assertEquals("c", first(nodes, "zone==~x", "disk==~hdd"));
    assertEquals("b", first(nodes, "zone==~y", "disk==~hdd"), "the first wins");
    assertEquals("c", first(nodes, "disk==~hdd", "zone==~y"));
    assertEquals("b", first(nodes, "rack==~7", "zone==~y"), "only what nobody meets is dropped");
  }

  private static String first(NodeLoad[] nodes, String... wishes) {
    List<Rule> rules = Arrays.stream(wishes).map(FiltersTest::constraint).toList();
    return ALL.place(demand(Needs.NONE, List.of(), rules), 1, List.of(nodes)).nodes().getFirst();
  }

  @Test
  void aWishGivesWayToRoom() {
    Needs half = new Needs(4 * GIB, 0, List.of());
    Demand demand = demand(half, List.of(), List.of(constraint("node==~a")));
    assertEquals(
        List.of("a", "a", "b", "b"), ALL.place(demand, 4, List.of(node("a"), node("b"))).nodes());
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({"spread, 1 1", "binpack, 2 0"})
  void strategiesRankByWhatIsReserved(String strategy, String expected) {
    Scheduler scheduler =
        new Scheduler(Filters.of(Filters.names(), 0), Strategy.named(strategy), new Random(2));
    Demand demand = demand(new Needs(GIB, 0, List.of()), List.of(), List.of());
    List<String> places = scheduler.place(demand, 2, List.of(node("a"), node("b"))).nodes();
    long most = Math.max(count(places, "a"), count(places, "b"));
    assertEquals(expected, most + " " + (2 - most));
  }

  private static long count(List<String> places, String node) {
    return places.stream().filter(node::equals).count();
  }

  @Test
  void binpackFillsANodeToItsEndAndRandomChecksRoomToo() {
    Demand demand = demand(new Needs(2 * GIB, 0, List.of()), List.of(), List.of());
    for (String name : List.of("binpack", "random", "spread")) {
      Scheduler scheduler =
          new Scheduler(Filters.of(Filters.names(), 0), Strategy.named(name), new Random(3));
      Placement placement = scheduler.place(demand, 20, List.of(node("a"), node("b"), node("c")));
      assertEquals(12, placement.nodes().size(), name);
      for (String node : List.of("a", "b", "c")) {
        assertEquals(4, count(placement.nodes(), node), name);
      }
    }
  }

  /** Whatever is asked for: what is placed breaks no rule, and what is refused says why. */
  @Test
  void noPlacementBreaksARule() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<NodeLoad> nodes = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        Map<String, String> labels = new java.util.HashMap<>();
        labels.put("zone", random.nextBoolean() ? "x" : "y");
        if (random.nextBoolean()) {
          labels.put("containerslots", Integer.toString(random.nextInt(5)));
        }
        nodes.add(
            random.nextInt(6) == 0
                ? NodeLoad.unavailable("n" + i, "off")
                : node("n" + i, labels, Contents.NONE));
      }
      long memory = random.nextInt(4) * GIB;
      List<PortClaim> ports = random.nextBoolean() ? List.of(port("80/tcp")) : List.of();
      List<Rule> rules = random.nextBoolean() ? List.of(constraint("zone==x")) : List.of();
      Demand demand = demand(new Needs(memory, 0, ports), rules, List.of(constraint("node==~n0")));
      int count = random.nextInt(20);
      Placement placement = ALL.place(demand, count, nodes);
      String which = "seed " + seed + ": " + placement;
      for (NodeLoad node : nodes) {
        long got = count(placement.nodes(), node.node());
        assertTrue(node.isAvailable() || got == 0, which);
        assertTrue(got * memory <= 8.4 * GIB, which);
        assertTrue(ports.isEmpty() || got <= 1, which);
        assertTrue(rules.isEmpty() || got == 0 || node.labels().get("zone").equals("x"), which);
        String slots = node.labels().get("containerslots");
        assertTrue(slots == null || got <= Integer.parseInt(slots), which);
      }
      boolean isShort = placement.nodes().size() < count;
      assertTrue(!isShort || placement.refused().size() == nodes.size(), which);
    }
  }
}
