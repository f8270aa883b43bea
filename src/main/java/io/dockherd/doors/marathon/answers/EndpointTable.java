package io.dockherd.doors.marathon.answers;

import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * Where apps answer, as text for scripts and load balancers of old: {@code
 * shop_web<tab>10000<tab>10.0.0.1:31000<tab>…}, a line for each service port of each app.
 */
public final class EndpointTable {
  private EndpointTable() {}

  /** The lines of those apps. */
  public static String of(List<ShownApp> apps) {
    StringBuilder table = new StringBuilder();
    apps.forEach(app -> add(app, table));
    return table.toString();
  }

  private static void add(ShownApp app, StringBuilder table) {
    String name = String.join("_", app.path().segments());
    List<ShownTask> running = ShownTask.of(app).stream().filter(ShownTask::isRunning).toList();
    JsonArray ports = app.servicePorts();
    if (ports.isEmpty()) {
      table.append(name).append("\t \t");
      running.forEach(task -> table.append(task.instance().host()).append(' '));
      table.append('\n');
    }
    for (int i = 0; i < ports.size(); i++) {
      table.append(name).append('\t').append(ports.getInteger(i)).append('\t');
      for (ShownTask task : running) {
        List<Integer> onHost = task.ports();
        int port = i < onHost.size() ? onHost.get(i) : 0;
        table.append(task.instance().host()).append(':').append(port).append('\t');
      }
      table.append('\n');
    }
  }
}
