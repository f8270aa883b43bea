package io.dockherd.system;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program on a host of the lab that sends to bus addresses over the TCP bridge until each has
 * answered, and prints when: {@code BusProbe SECONDS PORT ADDRESS…} → {@code ADDRESS MILLIS}.
 */
final class BusProbe {
  private static final int PAUSE_MILLIS = 300;

  private BusProbe() {}

  public static void main(String[] arguments) throws IOException {
    long end = System.currentTimeMillis() + 1000L * Integer.parseInt(arguments[0]);
    try (Socket bridge = new Socket("127.0.0.1", Integer.parseInt(arguments[1]))) {
      bridge.setSoTimeout(PAUSE_MILLIS);
      Set<String> silent = new TreeSet<>(List.of(arguments).subList(2, arguments.length));
      while (!silent.isEmpty() && System.currentTimeMillis() < end) {
        ask(bridge, silent);
        listen(bridge, silent);
      }
    }
  }

  private static void ask(Socket bridge, Set<String> addresses) throws IOException {
    DataOutputStream out = new DataOutputStream(bridge.getOutputStream());
    for (String address : addresses) {
      JsonObject frame =
          new JsonObject()
              .put("type", "send")
              .put("address", address)
              .put("replyAddress", address)
              .put("body", new JsonObject().put("action", "inspect-container"));
      byte[] bytes = frame.encode().getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    out.flush();
  }

  /** Until the bridge has been silent for a moment. */
  private static void listen(Socket bridge, Set<String> silent) throws IOException {
    DataInputStream in = new DataInputStream(bridge.getInputStream());
    try {
      while (!silent.isEmpty()) {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        JsonObject frame = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        boolean answers =
            frame.getValue("body") instanceof JsonObject body
                && body.getInteger("statusCode", 0) == 200;
        if (answers && silent.remove(frame.getString("address"))) {
          System.out.println(frame.getString("address") + " " + System.currentTimeMillis());
        }
      }
    } catch (java.net.SocketTimeoutException nothingMore) {
      // Whoever is still silent is asked again.
    }
  }
}
