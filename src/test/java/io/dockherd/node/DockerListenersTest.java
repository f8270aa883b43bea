package io.dockherd.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.Listener;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.node.settings.DoorSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the Docker door listens, and how. */
class DockerListenersTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Duration.ofDays(1));
  private static final Settings NOTHING_SAID = Settings.defaults();

  @Test
  void onLoopbackWhenNothingIsSaid() {
    assertEquals(List.of("clear 127.0.0.1:2375"), of(NOTHING_SAID, Optional.empty()));
  }

  @Test
  void besideTheActionsDoor() {
    Settings settings =
        NOTHING_SAID
            .with(DoorSettings.LISTEN, List.of("10.0.0.1"))
            .with(DoorSettings.LISTEN_INSECURE, List.of("10.9.9.9"));
    assertEquals(
        List.of("clear 127.0.0.1:2375", "tls 10.0.0.1:2376", "clear 10.9.9.9:2375"),
        of(settings, Optional.of(KEY)));
  }

  @Test
  void orJustWhereItWasTold() {
    Settings settings =
        asked("unix:///run/herd.sock", "tcp://:4711", "tcp://localhost:1", "tcp://10.9.9.9")
            .with(DoorSettings.LISTEN_INSECURE, List.of("10.9.9.9"));
    assertEquals(
        List.of(
            "clear unix:///run/herd.sock",
            "tls 0.0.0.0:4711",
            "clear localhost:1",
            "clear 10.9.9.9:2375"),
        of(settings, Optional.of(KEY)));
    assertEquals(List.of(), of(asked("none"), Optional.empty()));
  }

  @Test
  void clearTextBeyondLoopbackIsNotGuessed() {
    assertThrows(Invalid.class, () -> of(asked("tcp://10.0.0.1:2375"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "http://x", "unix://relative", "tcp://a:b", "tcp://a:1/x"})
  void whatIsNoPlaceIsSaid(String place) {
    assertThrows(Invalid.class, () -> of(asked(place), Optional.of(KEY)));
  }

  private static Settings asked(String... places) {
    return NOTHING_SAID.with(DoorSettings.DOCKER_LISTEN, Optional.of(List.of(places)));
  }

  private static List<String> of(Settings settings, Optional<HerdKey> key) {
    return new DockerListeners(settings, key, CLOCK)
        .all().stream().map(DockerListenersTest::text).toList();
  }

  private static String text(Listener listener) {
    return (listener.options().isSsl() ? "tls " : "clear ") + listener;
  }
}
