package io.dockherd.node;

import io.dockherd.engine.EngineAddress;
import io.dockherd.failure.Invalid;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.EngineSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.node.settings.Setting;
import io.dockherd.node.settings.SettingsTable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node was told, complete and checked: a value for every key of {@link SettingsTable}.
 *
 * @param values what was said, by setting; what is missing has its default
 * @param environment the process's environment, for what is Docker's own to say (DOCKER_HOST)
 * @param warnings what was said but means nothing: unknown keys, each with the nearest known one
 */
public record Settings(
    Map<Setting<?>, Object> values, Map<String, String> environment, List<String> warnings) {
  private static final String LOOPBACK = "127.0.0.1";

  public Settings {
    values = Map.copyOf(values);
    environment = Map.copyOf(environment);
    warnings = List.copyOf(warnings);
  }

  /** Nothing said: every default. */
  public static Settings defaults() {
    return new Settings(Map.of(), Map.of(), List.of());
  }

  /** The value of one setting. */
  @SuppressWarnings("unchecked") // with() and the reader put in only what the setting's kind made.
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    return value == null ? setting.fallbackValue() : (T) value;
  }

  /** The same settings but for one. */
  public <T> Settings with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
    changed.put(setting, Objects.requireNonNull(value, setting.key()));
    return new Settings(changed, environment, warnings);
  }

  /** This node's name: as told, or the host's full name. */
  public String name() {
    return get(HerdSettings.NAME).orElseGet(Settings::hostName);
  }

  /** Whether this node has what admits it to a herd of more than itself. */
  public boolean isKeyed() {
    return get(HerdSettings.KEY).isPresent() || get(HerdSettings.KEY_FILE).isPresent();
  }

  /** Whether the node is to be a herd of itself: nothing says whom it may let in. */
  public boolean isAlone() {
    return !isKeyed() && !get(HerdSettings.INSECURE);
  }

  /**
   * Where the other nodes reach this one. Alone on loopback when there is no key: ports that admit
   * nobody need not be reached.
   */
  public String address() {
    if (isAlone()) {
      return LOOPBACK;
    }
    return get(HerdSettings.ADDRESS).orElseGet(OutwardAddress::find);
  }

  /**
   * Where the ports between nodes listen. On loopback when there is no key, whatever was said:
   * without one they would let in everybody who reaches them.
   */
  public String bind() {
    return isAlone() ? LOOPBACK : get(HerdSettings.BIND).orElseGet(this::address);
  }

  /** The engine beside this node; 'engine' wins over the seed's keys, those over DOCKER_HOST. */
  public EngineAddress engine() {
    boolean seed =
        values.containsKey(EngineSettings.DOCKER_HOST)
            || values.containsKey(EngineSettings.DOCKER_PORT);
    String address =
        get(EngineSettings.ENGINE)
            .or(() -> seed ? Optional.of(seedsEngine()) : Optional.empty())
            .or(() -> environment("DOCKER_HOST"))
            .orElse("unix:///var/run/docker.sock");
    return EngineAddress.parse(address, engineCertificates());
  }

  /** Where this node keeps its records; empty when it is to keep nothing on disk. */
  public Optional<Path> dataDir() {
    Path dir = get(HerdSettings.DATA_DIR).orElseGet(this::usualDataDir);
    return Optional.of(dir).filter(path -> !path.toString().equals("none"));
  }

  /** Where container templates lie. */
  public Path templatesDir() {
    return get(DoorSettings.TEMPLATES_DIR).orElse(Path.of("/etc/dockherd/templates"));
  }

  /** Whether the actions door is open: the seed opened it only where HttpService was listed. */
  public boolean opensActionsDoor() {
    return get(DoorSettings.SERVICES)
        .map(services -> services.stream().anyMatch(name -> name.endsWith("HttpService")))
        .orElse(true);
  }

  /**
   * Holds the settings against each other.
   *
   * @throws Invalid for the first that can't be together
   */
  public Settings checked() {
    if (isKeyed() && get(HerdSettings.INSECURE)) {
      throw new Invalid(
          HerdSettings.INSECURE.key(),
          "a node has either a herd key or is insecure, not both",
          "leave out one of them");
    }
    if (!isKeyed() && !get(DoorSettings.LISTEN).isEmpty()) {
      throw new Invalid(
          DoorSettings.LISTEN.key(),
          "listening with TLS needs a herd key",
          "give a key file, made by 'dockherd key new'");
    }
    engine();
    return this;
  }

  private String seedsEngine() {
    return "tcp://"
        + get(EngineSettings.DOCKER_HOST).orElse("localhost")
        + ":"
        + get(EngineSettings.DOCKER_PORT);
  }

  private Optional<Path> engineCertificates() {
    Optional<Path> dockers =
        environment("DOCKER_TLS_VERIFY").isPresent()
            ? environment("DOCKER_CERT_PATH").map(Path::of)
            : Optional.empty();
    return get(EngineSettings.ENGINE_CERTIFICATES).or(() -> dockers);
  }

  private Path usualDataDir() {
    if ("root".equals(System.getProperty("user.name"))) {
      return Path.of("/var/lib/dockherd");
    }
    return environment("XDG_DATA_HOME")
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".local", "share"))
        .resolve("dockherd");
  }

  private Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      throw new Invalid(
          HerdSettings.NAME.key(),
          "this host does not know its own name (" + e.getMessage() + ")",
          "give the node a name");
    }
  }
}
