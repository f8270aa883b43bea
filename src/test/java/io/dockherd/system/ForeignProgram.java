package io.dockherd.system;

import io.dockherd.herd.HerdProgram;
import io.dockherd.herd.keys.KeyFile;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A plain Vert.x program of somebody's, as docs/bus.md shows one: joins, creates three containers,
 * drives each by its own address, and follows the herd's events.
 */
final class ForeignProgram {
  private ForeignProgram() {}

  /** {@code HERD NAME KEYFILE DISCOVERY ADDRESS}. */
  public static void main(String[] arguments) throws Exception {
    String herd = arguments[0];
    try (HerdProgram program =
        HerdProgram.join(
            herd, arguments[1], KeyFile.read(Path.of(arguments[2])), arguments[3], arguments[4])) {
      EventBus bus = program.vertx().eventBus();
      Queue<String> events = new ConcurrentLinkedQueue<>();
      bus.<JsonObject>consumer(herd + ".events")
          .handler(
              event ->
                  events.add(event.body().getString("action") + " " + event.body().getString("id")))
          .completion()
          .await(5, TimeUnit.SECONDS);

      JsonObject created =
          ask(
              bus,
              herd,
              new JsonObject()
                  .put("action", "create-container")
                  .put("image", "busybox")
                  .put("instances", 3)
                  .put("body", new JsonObject("{\"Cmd\":[\"sleep\",\"1000\"]}")));
      for (Object each : created.getJsonArray("containers")) {
        JsonObject container = (JsonObject) each;
        String id = container.getJsonObject("Response").getJsonObject("Body").getString("Id");
        JsonObject started = ask(bus, id, new JsonObject().put("action", "start-container"));
        JsonObject seen = ask(bus, id, new JsonObject().put("action", "inspect-container"));
        boolean isRunning =
            seen.getJsonObject("Response")
                .getJsonObject("Body")
                .getJsonObject("State")
                .getBoolean("Running");
        System.out.println(
            "container "
                + id
                + " "
                + container.getString("dockerInstance")
                + " "
                + started.getInteger("statusCode")
                + " "
                + isRunning);
        io.dockherd.Await.until(
            "the herd tells of the start",
            Duration.ofSeconds(5),
            () -> events.contains("start " + id));
      }
      System.out.println("events heard");
    }
  }

  private static JsonObject ask(EventBus bus, String address, JsonObject request) throws Exception {
    return bus.<JsonObject>request(address, request).await(20, TimeUnit.SECONDS).body();
  }
}
