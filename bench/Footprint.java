import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.LabPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures what a node costs; run by the script beside it. */
public final class Footprint {
  private static final int LAB = 60;
  private static final int CONTAINERS = 50;
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");

  private final Lab lab;
  private final HttpClient http = HttpClient.newHttpClient();

  private Footprint(Lab lab) {
    this.lab = lab;
  }

  public static void main(String[] args) throws Exception {
    int starts = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    try (Lab lab = Lab.up(LabPlan.of(LAB, 3), step -> System.out.println("  " + step))) {
      new Footprint(lab).measure(starts);
    }
  }

  private void measure(int starts) throws Exception {
    System.out.println("load before: " + Files.readString(Path.of("/proc/loadavg")).strip());
    LabHost first = lab.host(1);
    print("start of a first node, ms", times(starts, first));
    lab.host(2).startNode();
    lab.host(3).startNode();
    lab.host(2).awaitNode(Duration.ofSeconds(30));
    lab.host(3).awaitNode(Duration.ofSeconds(30));
    print("start of a third node, ms", times(starts, first));
    first.startNode();
    first.awaitNode(Duration.ofSeconds(30));
    run(CONTAINERS);
    Thread.sleep(SETTLING);
    for (String field : List.of("Rss", "Pss", "Private_Dirty")) {
      List<Long> sizes = new ArrayList<>();
      for (LabHost host : lab.hosts()) {
        sizes.add(memory(host, field) / 1024);
      }
      print(field + " of a node with " + CONTAINERS + " containers in the herd, MB", sizes);
    }
    System.out.println("load after: " + Files.readString(Path.of("/proc/loadavg")).strip());
  }

  /** From before the process is started until its door takes a connection. */
  private static List<Long> times(int starts, LabHost host) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      long begin = System.nanoTime();
      host.startNode();
      host.awaitNode(Duration.ofSeconds(30));
      times.add((System.nanoTime() - begin) / 1_000_000);
      host.stopNode();
    }
    return times;
  }

  private void run(int containers) throws IOException, InterruptedException {
    String made =
        post(
            "{\"action\":\"create-container\",\"instances\":"
                + containers
                + ",\"body\":{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"100000\"]}}");
    Matcher ids = ID.matcher(made);
    int started = 0;
    while (ids.find()) {
      post("{\"action\":\"start-container\",\"id\":\"" + ids.group(1) + "\"}");
      started++;
    }
    if (started != containers) {
      throw new IllegalStateException(started + " containers instead of " + containers);
    }
  }

  private String post(String request) throws IOException, InterruptedException {
    URI door = URI.create("http://" + lab.host(1).address() + ":" + LabHost.DOOR_PORT + "/");
    HttpRequest post = HttpRequest.newBuilder(door).POST(BodyPublishers.ofString(request)).build();
    return http.send(post, BodyHandlers.ofString()).body();
  }

  private static long memory(LabHost host, String field) throws IOException {
    Path rollup = Path.of("/proc/" + host.nodePid().orElseThrow() + "/smaps_rollup");
    return Files.readAllLines(rollup).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void print(String what, List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    System.out.printf(
        "%-60s min %4d  median %4d  max %4d%n",
        what, sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
