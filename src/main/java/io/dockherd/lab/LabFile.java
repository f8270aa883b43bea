package io.dockherd.lab;

import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What another process has to know of a lab that is up.
 *
 * <pre>{"hosts": 3, "owner": 4711, "madeEtcDocker": false}</pre>
 *
 * @param owner the pid of the process that brought it up
 * @param madeEtcDocker whether /etc/docker was not there before
 */
record LabFile(int hosts, long owner, boolean madeEtcDocker) {
  static LabFile read(LabPlan plan) {
    try {
      JsonObject json = new JsonObject(Files.readString(path(plan)));
      return new LabFile(
          json.getInteger("hosts"), json.getLong("owner"), json.getBoolean("madeEtcDocker"));
    } catch (IOException e) {
      throw new NotFound(
          "" + plan.index(), "lab " + plan.index() + " is not up", "bring it up: dockherd demo", e);
    }
  }

  void write(LabPlan plan) {
    JsonObject json =
        new JsonObject()
            .put("hosts", hosts)
            .put("owner", owner)
            .put("madeEtcDocker", madeEtcDocker);
    try {
      Files.writeString(path(plan), json.encode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(LabPlan plan) {
    return plan.home().resolve("lab.json");
  }
}
