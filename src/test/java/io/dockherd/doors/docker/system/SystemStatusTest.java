package io.dockherd.doors.docker.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classic Swarm's lines, which programs read. */
class SystemStatusTest {
  private static final Instant THEN = Instant.parse("2026-11-20T15:03:50.123Z");

  @Test
  void theLinesAreThoseOfClassicSwarm() {
    NodeStatus well =
        new NodeStatus(
            "node-2",
            "10.0.0.2:2375",
            "AB:CD",
            "",
            THEN,
            "20.10.24",
            new NodeStatus.Counts(2, 0, 2),
            1_000_000_000L,
            2,
            20L << 20,
            26_542_742_528L,
            true,
            Map.of("zone", "a", "disk", "ssd"));
    NodeStatus ill =
        new NodeStatus(
            "node-10",
            "10.0.0.10:2375",
            "EF",
            "its socket is gone",
            THEN,
            "28.0",
            new NodeStatus.Counts(1, 1, 0),
            1_500_000_000L,
            4,
            0,
            0,
            false,
            Map.of());
    NodeStatus unknown =
        new NodeStatus(
            "node-11",
            "10.0.0.11:2375",
            "",
            "nothing is known of it yet",
            THEN,
            "",
            new NodeStatus.Counts(0, 0, 0),
            0,
            0,
            0,
            0,
            false,
            Map.of());
    String lines =
        new SystemStatus("spread", List.of("health", "port"), List.of(ill, unknown, well))
            .pairs().stream()
                .map(
                    pair ->
                        ((JsonArray) pair).getString(0) + ": " + ((JsonArray) pair).getString(1))
                .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(
        """
        Role: primary
        Strategy: spread
        Filters: health, port
        Nodes: 3
         node-2: 10.0.0.2:2375
          └ ID: AB:CD|10.0.0.2:2375
          └ Status: Healthy
          └ Containers: 4 (2 Running, 0 Paused, 2 Stopped)
          └ Reserved CPUs: 1 / 2
          └ Reserved Memory: 20 MiB / 24.72 GiB
          └ Labels: disk=ssd, zone=a
          └ Availability: Drain
          └ UpdatedAt: 2026-11-20T15:03:50Z
          └ ServerVersion: 20.10.24
         node-10: 10.0.0.10:2375
          └ ID: EF|10.0.0.10:2375
          └ Status: Unhealthy
          └ Containers: 2
          └ Reserved CPUs: 1.5 / 4
          └ Reserved Memory: 0 B / 0 B
          └ Labels:\s
          └ Error: its socket is gone
          └ UpdatedAt: 2026-11-20T15:03:50Z
          └ ServerVersion: 28.0
         node-11: 10.0.0.11:2375
          └ ID: |10.0.0.11:2375
          └ Status: Pending
          └ Containers: 0
          └ Reserved CPUs: 0 / 0
          └ Reserved Memory: 0 B / 0 B
          └ Labels:\s
          └ Error: nothing is known of it yet
          └ UpdatedAt: 2026-11-20T15:03:50Z
          └ ServerVersion:\s
        """,
        lines);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "44040192, 42 MiB",
    "26542742528, 24.72 GiB",
    "1073217536, 1024 MiB",
    "1125899906842624, 1 PiB"
  })
  void sizesHaveFourDigits(long bytes, String shown) {
    assertEquals(shown, Units.bytes(bytes));
  }
}
