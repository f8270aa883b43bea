package io.dockherd.cli;

import io.dockherd.failure.Conflict;
import io.dockherd.node.Node;
import io.dockherd.node.Settings;
import io.dockherd.node.SettingsReader;
import io.dockherd.node.settings.LogSettings;
import io.dockherd.node.settings.Setting;
import io.dockherd.node.settings.SettingsTable;
import io.dockherd.telemetry.Log;
import io.dockherd.telemetry.LogOutput;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A node as its command line asks for it.
 *
 * @param said the flags, as written
 * @param file the configuration file, if one was named
 */
record NodeStart(Map<Setting<?>, String> said, Optional<Path> file) {
  static final List<String> CONFIG = List.of("-c", "--config", "--conf");

  /**
   * Reads a whole command line, if it is a plain start of a node; whatever is not (help, something
   * unknown, a value missing) is the command library's to explain. A node that starts does without
   * that library: it is too old for the start-up cache and costs a fifth of the start.
   */
  static Optional<NodeStart> read(List<String> line) {
    if (line.isEmpty() || !line.getFirst().equals("node")) {
      return Optional.empty();
    }
    Map<Setting<?>, String> said = new LinkedHashMap<>();
    Optional<Path> file = Optional.empty();
    for (int i = 1; i < line.size(); i++) {
      String argument = line.get(i);
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      Optional<Setting<?>> setting = SettingsTable.withFlag(flag);
      boolean hasNext = i + 1 < line.size() && !line.get(i + 1).startsWith("-");
      String value;
      if (setting.isEmpty() && !CONFIG.contains(flag)) {
        return Optional.empty();
      } else if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (hasNext) {
        value = line.get(++i);
      } else if (setting.isPresent() && setting.get().kind().isSwitch()) {
        value = "true";
      } else {
        return Optional.empty();
      }
      if (setting.isPresent()) {
        said.put(setting.get(), value);
      } else {
        file = Optional.of(Path.of(value));
      }
    }
    return Optional.of(new NodeStart(said, file));
  }

  Settings settings(Map<String, String> environment) {
    return SettingsReader.read(
        said, environment, file.map(SettingsReader::file).orElseGet(JsonObject::new));
  }

  /** Starts it; returns only by throwing why it has to end. */
  void run() {
    Settings settings = settings(System.getenv());
    LogOutput.start(settings.get(LogSettings.LOG_LEVEL));
    Log log = Log.of(NodeStart.class);
    settings.warnings().forEach(warning -> log.warn(warning));
    CompletableFuture<Conflict> gone = new CompletableFuture<>();
    Node node = Node.start(settings, gone::complete);
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "leaving"));
    // The node works on threads of its own; this one keeps the process from ending before it must.
    throw gone.join();
  }
}
