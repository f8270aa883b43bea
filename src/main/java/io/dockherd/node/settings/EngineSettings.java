package io.dockherd.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which Docker engine this node stands beside. */
public final class EngineSettings {
  public static final Setting<Optional<String>> ENGINE =
      Setting.found(
          "engine",
          Kinds.OPTIONAL_TEXT,
          "dockerHost and dockerPort; else DOCKER_HOST; else unix:///var/run/docker.sock",
          "The engine: unix:///path or tcp://host:port. A unix socket is best: an engine's TCP port"
              + " without TLS makes everybody who reaches it root.");

  public static final Setting<Optional<Path>> ENGINE_CERTIFICATES =
      Setting.found(
          "engineCertificates",
          Kinds.OPTIONAL_PATH,
          "DOCKER_CERT_PATH when DOCKER_TLS_VERIFY is set; else clear text",
          "Folder with ca.pem, cert.pem and key.pem for an engine on TCP with TLS.");

  public static final Setting<Optional<String>> DOCKER_HOST =
      Setting.found(
          "dockerHost",
          Kinds.OPTIONAL_TEXT,
          "localhost when dockerPort is given",
          "The seed's way to name an engine on TCP: its host. 'engine' wins over it.");

  public static final Setting<Integer> DOCKER_PORT =
      Setting.of(
          "dockerPort",
          Kinds.PORT,
          "5555",
          "The seed's way to name an engine on TCP: its port. Alone it means localhost.");

  public static final Setting<Duration> TRACKING_SERVICE_INTERVAL =
      Setting.of(
          "trackingServiceInterval",
          Kinds.DURATION,
          "30 s",
          "How often the whole list of the engine is compared with what is known. The engine's events"
              + " tell of changes at once; this mends what events missed, so it may be slow.");

  static final Chapter CHAPTER =
      new Chapter(
          "The engine",
          List.of(
              ENGINE, ENGINE_CERTIFICATES, DOCKER_HOST, DOCKER_PORT, TRACKING_SERVICE_INTERVAL));

  private EngineSettings() {}
}
