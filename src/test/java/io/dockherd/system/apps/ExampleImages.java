package io.dockherd.system.apps;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import java.util.ArrayList;
import java.util.List;

/**
 * Images by the names that public Compose files use, made of the lab's busybox: each serves its own
 * name at the port that the real one listens on, and ends at once when it is told to.
 */
final class ExampleImages {
  private static final int NONE = 0;

  /**
   * One of them.
   *
   * @param port {@link #NONE} for a tool, which is a shell
   * @param takesOptions whether what a file says as command is put behind its own
   */
  private record Image(String name, int port, String folder, boolean takesOptions) {
    static Image server(String name, int port, String folder) {
      return new Image(name, port, folder, false);
    }

    static Image withOptions(String name, int port, String folder) {
      return new Image(name, port, folder, true);
    }

    static Image tool(String name) {
      return new Image(name, NONE, "/", false);
    }

    private List<String> changes() {
      List<String> changes = new ArrayList<>(List.of("WORKDIR " + folder));
      if (port != NONE) {
        String serving = "echo %s > index.html; exec httpd -f -p %d -h .".formatted(name, port);
        String command = "[\"sh\",\"-c\",\"" + serving + "\"";
        changes.add("EXPOSE " + port);
        changes.add(takesOptions ? "ENTRYPOINT " + command + ",\"it\"]" : "CMD " + command + "]");
      }
      return changes;
    }
  }

  private static final List<Image> ALL =
      List.of(
          Image.server("mariadb:10.6", 3306, "/var/lib/mysql"),
          Image.server("wordpress", 80, "/var/www/html"),
          Image.server("votes/vote", 80, "/app"),
          Image.server("votes/result", 80, "/app"),
          Image.server("votes/worker", 8080, "/app"),
          Image.server("redis", 6379, "/data"),
          Image.server("redis:alpine", 6379, "/data"),
          Image.server("postgres:15-alpine", 5432, "/var/lib/postgresql/data"),
          Image.server("postgres:16", 5432, "/var/lib/postgresql/data"),
          Image.server("docker.elastic.co/elasticsearch/elasticsearch:8.14.1", 9200, "/srv"),
          Image.withOptions("docker.elastic.co/logstash/logstash:8.14.1", 5044, "/srv"),
          Image.server("docker.elastic.co/kibana/kibana:8.14.1", 5601, "/srv"),
          Image.withOptions("traefik:v3.1", 8080, "/srv"),
          Image.server("traefik/whoami", 80, "/srv"),
          Image.withOptions("prom/node-exporter", 9100, "/srv"),
          Image.withOptions("prom/prometheus", 9090, "/prometheus"),
          Image.server("prom/pushgateway", 9091, "/srv"),
          Image.server("grafana/grafana-oss", 3000, "/srv"),
          Image.server("gitea/gitea:1.22", 3000, "/srv"),
          Image.server("confluentinc/cp-zookeeper:7.6.1", 2181, "/srv"),
          Image.server("confluentinc/cp-kafka:7.6.1", 9092, "/srv"),
          Image.server("nextcloud:29-apache", 80, "/var/www/html"),
          Image.server("nginx:stable", 80, "/usr/share/nginx/html"),
          Image.server("shop/api:2", 8000, "/app"),
          Image.server("shop/web", 8080, "/app"),
          Image.server("mysql:8.4", 3306, "/var/lib/mysql"),
          Image.server("linuxserver/transmission", 8080, "/srv"),
          Image.server("centurylink/wetty-cli", 3000, "/srv"),
          Image.tool("qmcgaw/gluetun"),
          Image.tool("nicolaka/netshoot"),
          Image.tool("restic/restic"));

  private ExampleImages() {}

  /** Each is made on one host, in turn; where else it is wanted the herd gets it from there. */
  static void make(LabHerd herd) {
    int hosts = herd.lab().hosts().size();
    for (int host = 1; host <= hosts; host++) {
      docker(herd, host, "create", "--name", "mould", "--stop-signal", "SIGKILL", "busybox");
      for (int i = host - 1; i < ALL.size(); i += hosts) {
        List<String> commit = new ArrayList<>(List.of("commit", "--pause=false"));
        for (String change : ALL.get(i).changes()) {
          commit.addAll(List.of("--change", change));
        }
        commit.addAll(List.of("mould", ALL.get(i).name()));
        docker(herd, host, commit.toArray(String[]::new));
      }
      docker(herd, host, "rm", "mould");
    }
  }

  private static void docker(LabHerd herd, int host, String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "-H"));
    command.add("unix://" + herd.host(host).engineSocket());
    command.addAll(List.of(arguments));
    Invocation.run(command.toArray(String[]::new));
  }
}
