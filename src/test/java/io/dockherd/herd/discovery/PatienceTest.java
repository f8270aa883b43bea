package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  /**
   * Each step is {@code second:listed}, with a ! behind the second where the store had been away
   * just before; entries live 60 s.
   */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "0:ab                        => ab",
        "0:ab 1:a                    => a",
        "0:ab 1:abc 2:c              => c",
        "0:                          => -",
        "0!:a                        => a",
        // After an outage what is missing stays for as long as entries live.
        "0:abc 10!:a                 => abc",
        "0:abc 10!:a 69:a            => abc",
        "0:abc 10!:a 70:a            => a",
        "0:abc 10!:a 20:d            => abcd",
        "0:abc 10!:a 20:abd 70:abd   => abd",
        "0:abc 10!: 20!: 79:         => abc",
        "0:abc 10!: 20!: 80:         => -",
        // When all are there again, whoever goes then goes.
        "0:abc 10!:a 20:abc 21:ab    => ab",
        // So it does when all go at once.
        "0:abc 10:                   => abc",
        "0:abc 10: 69:               => abc",
        "0:abc 10: 70:               => -",
        "0:abc 10: 20:ab             => abc",
        "0:abc 10: 20:abc 30:        => abc",
        "0:abc 10: 70: 80:a 81:      => a",
      })
  void whoIsMissingAfterAnOutageIsMissedForAWhile(String steps, String expected) {
    Patience patience = new Patience(Duration.ofSeconds(60), 100);
    List<HostPort> believed = List.of();
    for (String step : steps.strip().split(" ")) {
      String[] parts = step.split(":", 2);
      boolean isAfterOutage = parts[0].endsWith("!");
      long second = Long.parseLong(parts[0].replace("!", ""));
      List<HostPort> listed =
          Arrays.stream(parts[1].split(""))
              .filter(name -> !name.isEmpty())
              .map(name -> new HostPort(name, 1))
              .toList();
      believed = patience.take(listed, isAfterOutage, second * 1_000_000_000L);
    }
    String names =
        believed.stream()
            .map(HostPort::host)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining());
    assertEquals(expected.strip(), names.isEmpty() ? "-" : names);
  }
}
