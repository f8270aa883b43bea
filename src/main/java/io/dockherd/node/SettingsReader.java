package io.dockherd.node;

import io.dockherd.failure.Invalid;
import io.dockherd.node.settings.Setting;
import io.dockherd.node.settings.SettingsTable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what flags, environment and configuration file say; what is nearer to the one who
 * starts the node wins: flag, then environment, then file, then default.
 */
public final class SettingsReader {
  private final Map<Setting<?>, Object> values = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> environment;

  private SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks.
   *
   * @param flags what the command line says
   * @param environment the process's environment
   * @param file the configuration file's JSON; an empty object when there is none
   * @throws Invalid for a value that can't be read, or that can't be together with another
   */
  public static Settings read(
      Map<Setting<?>, String> flags, Map<String, String> environment, JsonObject file) {
    SettingsReader reader = new SettingsReader(environment);
    reader.readFile(file);
    reader.readEnvironment();
    reader.readFlags(flags);
    return new Settings(reader.values, environment, reader.warnings).checked();
  }

  /**
   * Reads a configuration file: a JSON object; C comments are fine.
   *
   * @throws Invalid when it can't be read or is not a JSON object
   */
  public static JsonObject file(Path path) {
    try {
      return new JsonObject(Files.readString(path));
    } catch (IOException e) {
      throw new Invalid(
          path.toString(), "the configuration file " + path + " can't be read", e.toString(), e);
    } catch (DecodeException | ClassCastException e) {
      throw new Invalid(
          path.toString(),
          "the configuration file " + path + " is not a JSON object: " + e.getMessage(),
          "mend it; comments are fine, commas after the last entry are not",
          e);
    }
  }

  private void readFile(JsonObject file) {
    Map<Setting<?>, String> saidAs = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : file) {
      String key = entry.getKey();
      Setting<?> setting = SettingsTable.named(key).orElse(null);
      if (setting == null) {
        warnings.add(
            "unknown key '"
                + key
                + "' in the configuration file; the nearest known one is '"
                + SettingsTable.nearest(key)
                + "'");
        continue;
      }
      String before = saidAs.put(setting, key);
      if (before != null) {
        throw new Invalid(
            key, "the keys '" + before + "' and '" + key + "' mean the same", "leave out one");
      }
      values.put(setting, setting.read(entry.getValue(), "the key '" + key + "'"));
    }
  }

  private void readEnvironment() {
    SettingsTable.all()
        .filter(setting -> !environment.getOrDefault(setting.variable(), "").isEmpty())
        .forEach(
            setting ->
                values.put(
                    setting,
                    setting.read(
                        environment.get(setting.variable()),
                        "the variable " + setting.variable())));
  }

  private void readFlags(Map<Setting<?>, String> flags) {
    flags.forEach(
        (setting, written) ->
            values.put(setting, setting.read(written, "the flag " + setting.flags().getFirst())));
  }
}
