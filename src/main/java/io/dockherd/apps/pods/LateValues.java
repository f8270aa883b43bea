package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Invalid;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of an instance only when it starts, and put where {@link
 * io.dockherd.apps.model.ContainerSpec} has it in braces. Braces that hold something else stay.
 *
 * @param host the address others reach the node by
 * @param version when its revision was made
 * @param folder the instance's own
 */
record LateValues(
    AppPath path,
    InstanceId id,
    String host,
    String node,
    String version,
    String folder,
    List<Integer> ports) {
  private static final Pattern BRACES =
      Pattern.compile(
          "\\{(slot|nth|copy|task|instance|host|node|version|folder|ports|port:([0-9]{1,5}))}");

  LateValues {
    ports = List.copyOf(ports);
  }

  /** Of an instance at this node. */
  static LateValues of(Workshop shop, InstanceKey key, Revision revision, List<Integer> ports) {
    return new LateValues(
        key.path(),
        key.id(),
        shop.host(),
        shop.node(),
        AppVersion.text(Instant.ofEpochMilli(revision.createdMillis())),
        shop.folders().of(key.path(), key.id()).toString(),
        ports);
  }

  /**
   * The text with all that is known in the place of its braces.
   *
   * @throws Invalid when it names a port the pod does not publish
   */
  String fill(String text) {
    Matcher braces = BRACES.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (braces.find()) {
      braces.appendReplacement(
          filled, Matcher.quoteReplacement(value(braces.group(1), braces.group(2))));
    }
    return braces.appendTail(filled).toString();
  }

  private String value(String word, String index) {
    return switch (word) {
      case "slot" -> Integer.toString(id.slot());
      case "nth" -> id.slot() == 1 ? "" : "-" + id.slot();
      case "copy" -> id.slot() == 1 ? "" : "---" + id.slot();
      case "task" -> Instance.taskId(path, id);
      case "instance" -> id.toString();
      case "host" -> host;
      case "node" -> node;
      case "version" -> version;
      case "folder" -> folder;
      case "ports" -> ports.stream().map(Object::toString).collect(Collectors.joining(","));
      default -> port(Integer.parseInt(index));
    };
  }

  private String port(int index) {
    if (index >= ports.size()) {
      throw new Invalid(
          "{port:" + index + "}",
          "{port:" + index + "} is none of the " + ports.size() + " ports the app publishes",
          "count them from 0");
    }
    return Integer.toString(ports.get(index));
  }
}
