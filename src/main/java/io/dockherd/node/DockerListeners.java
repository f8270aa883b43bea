package io.dockherd.node;

import io.dockherd.doors.Listener;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.node.settings.DoorSettings;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the Docker door listens: where it was told, else beside the actions door. In clear text on
 * loopback and where 'listenInsecure' says so, with TLS elsewhere.
 */
final class DockerListeners {
  private static final int CLEAR_PORT = 2375;
  private static final int TLS_PORT = 2376;
  private static final Pattern TCP =
      Pattern.compile("tcp://(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]]*)(?::([0-9]{1,5}))?/?");
  private static final String UNIX = "unix://";

  private final Settings settings;
  private final Optional<HerdKey> key;
  private final InstantSource clock;

  DockerListeners(Settings settings, Optional<HerdKey> key, InstantSource clock) {
    this.settings = settings;
    this.key = key;
    this.clock = clock;
  }

  /** Whether somebody said where. */
  boolean areAsked() {
    return settings.get(DoorSettings.DOCKER_LISTEN).isPresent();
  }

  List<Listener> all() {
    return settings
        .get(DoorSettings.DOCKER_LISTEN)
        .map(asked -> asked.stream().filter(each -> !each.equals("none")).map(this::at).toList())
        .orElseGet(this::usual);
  }

  private List<Listener> usual() {
    List<Listener> usual = new ArrayList<>();
    usual.add(at("tcp://127.0.0.1"));
    settings.get(DoorSettings.LISTEN).forEach(host -> usual.add(at("tcp://" + host)));
    settings.get(DoorSettings.LISTEN_INSECURE).forEach(host -> usual.add(at("tcp://" + host)));
    return usual;
  }

  private Listener at(String address) {
    if (address.startsWith(UNIX + "/")) {
      return Listener.unix(Path.of(address.substring(UNIX.length())));
    }
    Matcher tcp = TCP.matcher(address);
    if (!tcp.matches()) {
      throw new Invalid(
          DoorSettings.DOCKER_LISTEN.key(),
          "'" + address + "' is no place to listen at",
          "write tcp://127.0.0.1:2375 or unix:///run/dockherd.sock");
    }
    String host = tcp.group(1).isEmpty() ? "0.0.0.0" : tcp.group(1);
    Optional<Integer> port = Optional.ofNullable(tcp.group(2)).map(Integer::parseInt);
    if (Listener.insecure(host, 0).isLoopback()) {
      return Listener.clear(host, port.orElse(CLEAR_PORT));
    }
    if (settings.get(DoorSettings.LISTEN_INSECURE).contains(host)) {
      return Listener.insecure(host, port.orElse(CLEAR_PORT));
    }
    HerdKey secret =
        key.orElseThrow(
            () ->
                new Invalid(
                    DoorSettings.DOCKER_LISTEN.key(),
                    "listening at " + address + " needs a herd key for TLS",
                    "give a key file, or name the address in listenInsecure on a closed network"));
    return Listener.tls(
        host,
        port.orElse(TLS_PORT),
        Trust.doors(secret, settings, clock).secure(new HttpServerOptions()));
  }
}
