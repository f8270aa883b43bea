package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code dockherd config} and {@code dockherd compose resources} on files. */
class ConfigCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... line) {
    CommandLine commands = CommandTree.build();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(line);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("compose.yaml"), text).toString();
  }

  @Test
  void theProjectAsYaml() throws IOException {
    String file = file("services: {web: {image: busybox, ports: [22:22]}}");
    assertEquals(0, run("config", "-f", file, "-p", "shop"), err::toString);
    assertTrue(out.toString().startsWith("name: shop\nnetworks:\n"), out.toString());
    assertTrue(out.toString().contains("published: \"22\""), out.toString());
  }

  @Test
  void theProjectAsJson() throws IOException {
    String file = file("services: {web: {image: busybox, command: [\"$$A\"]}}");
    assertEquals(0, run("config", "-f", file, "-p", "shop", "--format", "json"), err::toString);
    assertTrue(out.toString().startsWith("{\n  \"name\": \"shop\",\n"), out.toString());
    assertTrue(out.toString().contains("\"$$A\""), out.toString());
  }

  @Test
  void partsOfIt() throws IOException {
    String file =
        file(
            """
            services:
              web: {build: .}
              db: {image: "busybox:1"}
              off: {image: x, profiles: [p]}
            volumes: {data: , cache: }
            """);
    assertEquals(0, run("config", "-f", file, "-p", "shop", "--services"));
    assertEquals(0, run("config", "-f", file, "-p", "shop", "--volumes"));
    assertEquals(0, run("config", "-f", file, "-p", "shop", "--images", "--profile", "p"));
    assertEquals(0, run("config", "-f", file, "-p", "shop", "--quiet"));
    assertEquals(
        "db\nweb\ncache\ndata\nbusybox:1\nshop-web\nx\n",
        out.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void theDigestIsOfWhatIsMeant() throws IOException {
    assertEquals(0, run("config", "--hash", "-f", file("services: {a: {image: x, command: a b}}")));
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(
        0,
        run("config", "--hash", "-f", file("services:\n  a:\n    command: [a, b]\n    image: x")));
    assertEquals(first, out.toString());
    assertTrue(first.matches("a [0-9a-f]{64}\\s+"), first);
  }

  @Test
  void mistakesAndMissingFiles() throws IOException {
    assertEquals(1, run("config", "-f", file("services: {web: {imag: x}}")));
    assertTrue(err.toString().contains("did you mean 'image'?"), err.toString());
    assertEquals(1, run("config", "-f", folder.resolve("nowhere.yaml").toString()));
    assertTrue(err.toString().contains("there is no such file"), err.toString());
    assertEquals(1, run("config", "-f", folder.toString()));
    assertTrue(err.toString().contains("can't be read"), err.toString());
  }

  @Test
  void resources() throws IOException {
    String file = file("services: {web: {image: x, cpus: 0.5, scale: 3}}");
    assertEquals(0, run("compose", "resources", file));
    assertEquals("1.5 0", out.toString().strip());
    assertTrue(err.toString().contains("no memory: web"), err.toString());
    assertEquals(0, run("compose", "resources", file, "--cpus", "1.5", "--mem", "64"));
    assertEquals(1, run("compose", "resources", file, "--cpus", "1", "--mem", "64"));
    assertTrue(
        err.toString()
            .contains(
                "the services ask for 1.5 cores and any MiB, and there are 1 cores and 64 MiB"),
        err.toString());
  }
}
