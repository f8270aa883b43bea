package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the example files are to come to. */
final class ComposeExamples {
  /**
   * One of them.
   *
   * @param project its name without {@code .yaml} is the file
   * @param running service → how many containers run
   * @param check of what it shows that the others don't
   */
  record Example(
      String file,
      String project,
      List<String> flags,
      Map<String, Integer> running,
      Consumer<LabProjects> check) {}

  private ComposeExamples() {}

  private static Example example(
      String file, String project, Map<String, Integer> running, Consumer<LabProjects> check) {
    return new Example(file, project, List.of(), running, check);
  }

  /** All, a few at a time. */
  static List<List<Example>> waves() {
    return List.of(
        List.of(
            example(
                "blog-and-database.yaml",
                "blog",
                Map.of("db", 1, "wordpress", 1),
                ComposeExamples::blog),
            example(
                "votes.yaml",
                "votes",
                Map.of("vote", 2, "result", 1, "worker", 1, "redis", 1, "db", 1),
                ComposeExamples::votes),
            example(
                "logs-in-a-row.yaml",
                "logs",
                Map.of("elasticsearch", 1, "logstash", 1, "kibana", 1),
                ComposeExamples::logs),
            example(
                "proxy-and-whoami.yaml",
                "proxy",
                Map.of("reverse-proxy", 1, "whoami", 2),
                ComposeExamples::proxy),
            new Example(
                "shop-of-parts.yaml",
                "shop",
                List.of("--profile", "admin", "--env-file", LabProjects.example("shop/shop.env")),
                Map.of("db", 1, "web", 1, "admin", 1),
                ComposeExamples::shop)),
        List.of(
            example(
                "monitoring-on-every-node.yaml",
                "monitoring",
                Map.of("node-exporter", 3, "prometheus", 1, "grafana", 1),
                ComposeExamples::monitoring),
            example("forge.yaml", "forge", Map.of("server", 1, "db", 1), ComposeExamples::forge),
            example(
                "broker.yaml",
                "broker",
                Map.of("zookeeper", 1, "broker", 1),
                ComposeExamples::broker),
            new Example(
                "cloud-with-cron.yaml",
                "cloud",
                List.of("--profile", "cron"),
                Map.of("app", 1, "cron", 1, "proxy", 1),
                ComposeExamples::cloud),
            example("rolling-web.yaml", "rolling", Map.of("web", 3), ComposeExamples::rolling)),
        List.of(
            example(
                "api-with-migration.yaml", "api", Map.of("db", 1, "api", 1), ComposeExamples::api),
            example(
                "through-a-tunnel.yaml",
                "tunnel",
                Map.of("tunnel", 1, "client", 1, "debug", 1),
                ComposeExamples::tunnel),
            new Example(
                "nightly-backup.yaml",
                "backup",
                List.of("--env-file", LabProjects.example("conf/backup.env")),
                Map.of("watch", 1),
                ComposeExamples::backup)));
  }

  private static Instant at(LabProjects projects, String container, String moment) {
    return Instant.parse(projects.inspect(container, "{{.State." + moment + "}}"));
  }

  /** A database that is well first; a secret; a page at a port. */
  private static void blog(LabProjects projects) {
    assertEquals("wordpress", projects.page(projects.host("/blog/wordpress"), 8081));
    assertEquals("swordfish", projects.in("blog-db-1", "cat $MYSQL_PASSWORD_FILE"));
    assertEquals("healthy", projects.inspect("blog-db-1", "{{.State.Health.Status}}"));
    Instant first = at(projects, "blog-db-1", "StartedAt");
    assertTrue(first.isBefore(at(projects, "blog-wordpress-1", "StartedAt")));
  }

  /** Replicas on nodes of their own; two networks. */
  private static void votes(LabProjects projects) {
    Set<String> hosts =
        projects.present("/votes/vote").stream()
            .map(one -> one.getString("host"))
            .collect(Collectors.toSet());
    assertEquals(2, hosts.size());
    hosts.forEach(host -> assertEquals("votes/vote", projects.page(host, 5000)));
    assertEquals("votes/result", projects.page(projects.host("/votes/result"), 5001));
    String networks = "{{range $name, $it := .NetworkSettings.Networks}}{{$name}} {{end}}";
    assertEquals("votes_back-tier", projects.inspect("votes-worker-1", networks));
    assertEquals("votes_back-tier votes_front-tier", projects.inspect("votes-vote-1", networks));
  }

  /** Configs written in the file and read from another; limits; defaults of variables. */
  private static void logs(LabProjects projects) {
    String pipeline =
        projects.in("logs-logstash-1", "cat /usr/share/logstash/pipeline/logstash.conf /settings");
    assertTrue(pipeline.contains("index => \"logs\""), pipeline);
    assertTrue(pipeline.contains("pipeline.workers: 1"), pipeline);
    String search = "logs-elasticsearch-1";
    assertEquals("134217728", projects.inspect(search, "{{.HostConfig.Memory}}"));
    String files = projects.in(search, "grep 'Max open files' /proc/1/limits");
    assertTrue(files.matches(".* 512 +1024 .*"), files);
    assertEquals("-Xms64m -Xmx64m", projects.in(search, "echo $ES_JAVA_OPTS"));
    assertEquals("${HOSTNAME}", projects.in("logs-kibana-1", "echo $SERVER_NAME"));
    String kibana = "docker.elastic.co/kibana/kibana:8.14.1";
    assertEquals(kibana, projects.page(projects.host("/logs/kibana"), 5601));
  }

  /** Ports in the long form; labels for a proxy; names of its own. */
  private static void proxy(LabProjects projects) {
    assertEquals("traefik:v3.1", projects.page(projects.host("/proxy/reverse-proxy"), 8083));
    String rule = "{{index .Config.Labels \"traefik.http.routers.whoami.rule\"}}";
    assertEquals("Host(`whoami.localhost`)", projects.inspect("proxy-whoami-2", rule));
    String known = projects.in("proxy-whoami-1", "hostname; cat /etc/hosts /etc/resolv.conf");
    assertTrue(known.startsWith("whoami\n"), known);
    assertTrue(known.contains("registry.example.org"), known);
    assertTrue(known.contains("search example.org"), known);
  }

  /** One on every node; limits, a config with a mode, another user. */
  private static void monitoring(LabProjects projects) {
    for (int host = 1; host <= 3; host++) {
      String address = projects.herd().host(host).address();
      assertEquals("prom/node-exporter", projects.page(address, 9100));
    }
    String config =
        projects.in("monitoring-prometheus-1", "cd /etc/prometheus; stat -c %a *; cat *");
    assertTrue(config.startsWith("440\nscrape_configs"), config);
    assertEquals(
        "500000000 67108864 100",
        projects.inspect(
            "monitoring-prometheus-1",
            "{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}"));
    String grafana = projects.in("monitoring-grafana-1", "id -u; echo $GF_SECURITY_ADMIN_PASSWORD");
    assertEquals("472\nadmin", grafana);
  }

  /** A name for the container, another for the network; a subnet. */
  private static void forge(LabProjects projects) {
    assertEquals("gitea/gitea:1.22", projects.page(projects.host("/forge/server"), 3001));
    assertEquals("postgres:15-alpine", projects.in("gitea", "wget -qO- http://postgres:5432/"));
    String address =
        projects.inspect("gitea", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
    assertTrue(address.startsWith("10.217.99."), address);
    assertTrue(projects.in("gitea", "cat /etc/passwd.host").contains("root"));
  }

  /** A link by another name, on the node where the other one is. */
  private static void broker(LabProjects projects) {
    String broker = "broker-broker-1";
    assertEquals(
        "confluentinc/cp-zookeeper:7.6.1", projects.in(broker, "wget -qO- http://zk:2181/"));
    assertEquals("broker", projects.in(broker, "hostname"));
    assertEquals(
        "json-file 1m",
        projects.inspect(
            broker,
            "{{.HostConfig.LogConfig.Type}} {{index .HostConfig.LogConfig.Config \"max-size\"}}"));
  }

  /** Profiles, env files, shared volumes, hooks, a port for the host alone. */
  private static void cloud(LabProjects projects) {
    String seen = "ls /var/www/html; touch /var/www/html/x 2>/dev/null || echo refused";
    String cron = projects.in("cloud-cron-1", seen);
    assertTrue(cron.contains("started") && cron.endsWith("refused"), cron);
    assertEquals("cloud.example.org/files", projects.in("cloud-proxy-1", "echo $PATHS"));
    String address = projects.host("/cloud/app");
    assertNotEquals("nextcloud:29-apache", projects.page(address, 8086));
    String within =
        projects.herd().lab().hosts().stream()
            .filter(host -> host.address().equals(address))
            .map(host -> host.run("curl", "-s", "http://127.0.0.1:8086/").output().strip())
            .findFirst()
            .orElseThrow();
    assertEquals("nextcloud:29-apache", within);
  }

  /** So many, each well by a check from outside. */
  private static void rolling(LabProjects projects) {
    assertEquals("web", projects.app("/rolling/web").getJsonObject("labels").getString("team"));
    Await.until(
        "all three are well",
        LabProjects.LIMIT,
        () -> projects.app("/rolling/web").getInteger("healthy") == 3);
    projects
        .present("/rolling/web")
        .forEach(
            one -> {
              int port = one.getJsonArray("ports").getInteger(0);
              assertEquals("nginx:stable", projects.page(one.getString("host"), port));
            });
  }

  /** A job between two services; fragments; a container that may do next to nothing. */
  private static void api(LabProjects projects) {
    Instant migrated = at(projects, "api-migrate-1", "FinishedAt");
    assertEquals("0", projects.inspect("api-migrate-1", "{{.State.ExitCode}}"));
    assertTrue(at(projects, "api-db-1", "StartedAt").isBefore(migrated));
    assertFalse(at(projects, "api-api-1", "StartedAt").isBefore(migrated));
    assertEquals(
        "docker-init\npostgres://db/app api",
        projects.in("api-api-1", "cat /proc/1/comm; echo $DATABASE_URL $MODE"));
    String refused = "touch /tmp/x && echo there; touch /x 2>/dev/null || echo refused";
    assertEquals("there\nrefused", projects.in("api-api-1", refused));
    String may = projects.in("api-api-1", "grep -h -e CapEff -e NoNewPrivs /proc/1/status");
    assertTrue(may.contains("0000000000000000") && may.endsWith("1"), may);
    assertTrue(projects.dockherd(1, "logs", "api").wellDone().text().contains("migrated"));
  }

  /** Namespaces shared by services: they are one app, on one node. */
  private static void tunnel(LabProjects projects) {
    assertEquals(
        3, projects.present("/tunnel/tunnel").getFirst().getJsonObject("containers").size());
    String host = projects.host("/tunnel/tunnel");
    assertEquals("linuxserver/transmission", projects.page(host, 8085));
    String processes = projects.in("tunnel-debug-1", "ps; wget -qO- http://client:8080/");
    assertTrue(processes.contains("httpd -f -p 8080"), processes);
    assertTrue(processes.endsWith("linuxserver/transmission"), processes);
    assertEquals("1", projects.in("tunnel-tunnel-1", "cat /proc/sys/net/ipv4/ip_forward"));
  }

  /** Jobs, for whose end something waits; a secret of a variable, for one user alone. */
  private static void backup(LabProjects projects) {
    String logs = projects.dockherd(2, "logs", "backup/backup").wellDone().text();
    for (String line : List.of("1000", "open sesame", "/srv", "saved")) {
      assertEquals(2, logs.lines().filter(each -> each.endsWith(" " + line)).count(), logs);
    }
    Instant started = at(projects, "backup-watch-1", "StartedAt");
    assertFalse(started.isBefore(at(projects, "backup-backup-1", "FinishedAt")));
    assertFalse(started.isBefore(at(projects, "backup-backup-2", "FinishedAt")));
  }

  /** A file of several, with variables of several: include, extends, override. */
  private static void shop(LabProjects projects) {
    assertEquals("orders", projects.in("shop-db-1", "echo $MYSQL_DATABASE"));
    assertTrue(projects.in("shop-db-1", "cat /docker-entrypoint-initdb.d/*").contains("insert"));
    assertEquals("hello, shop info", projects.in("shop-web-1", "echo $GREETING $LOG_LEVEL"));
    assertEquals("shop", projects.inspect("shop-admin-1", "{{.Config.Labels.team}}"));
    assertEquals("shop/web", projects.page(projects.host("/shop/web"), 8087));
    assertEquals("shop/web", projects.page(projects.host("/shop/admin"), 8088));
  }
}
