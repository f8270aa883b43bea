package io.dockherd.doors.manifests;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.Apps;
import io.dockherd.doors.Answer;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Reply;
import io.dockherd.doors.StreamingDialect;
import io.dockherd.doors.Turned;
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.doors.manifests.ledger.Watchers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Manifests over HTTP: etcd's key API at {@code /v2/keys}, Dokkaa's own at {@code /apps}. */
public final class ManifestsDoor implements StreamingDialect {
  private final KeysApi keys;
  private final DokkaaApi dokkaa;
  private final Ruling ruling;
  private final String herd;

  /**
   * The door to those apps.
   *
   * @param herd its name
   * @param bodyBytes the longest body it reads
   */
  public ManifestsDoor(
      String herd,
      Apps apps,
      Ledger ledger,
      Watchers watchers,
      Gate gate,
      Audit audit,
      int bodyBytes) {
    Manifests manifests = new Manifests(apps, ledger);
    this.ruling = new Ruling(gate, audit);
    this.herd = herd;
    this.keys = new KeysApi(manifests, watchers, ruling, new KeyHeaders(herd), bodyBytes);
    this.dokkaa = new DokkaaApi(manifests, ruling, bodyBytes);
  }

  @Override
  public String name() {
    return "manifests";
  }

  @Override
  public boolean owns(String method, String path) {
    return isAt(path, KeysApi.PREFIX)
        || isAt(path, "/apps")
        || path.equals("/ping")
        || path.equals("/v2/members")
        || path.equals("/v2/machines");
  }

  private static boolean isAt(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  @Override
  public Reply answer(OpenCall call) {
    if (isAt(call.path(), KeysApi.PREFIX)) {
      return keys.answer(call);
    }
    return new Reply.Whole(
        switch (call.path()) {
          case "/v2/members" -> {
            ruling.admit(call, "system.info", "");
            yield members(call);
          }
          case "/v2/machines" -> {
            ruling.admit(call, "system.info", "");
            yield Answer.text(200, here(call));
          }
          default -> dokkaa.answer(call);
        });
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    // Whoever comes to a path that is nobody's is no client of etcd's, and shown as etcd shows it.
    return cause instanceof Turned turned && turned.status() == 404
        ? Answer.text(404, "404 page not found\n")
        : keys.failed(requestId, cause);
  }

  /**
   * etcd's clients ask first whom they may ask. Any node answers for all, and where others listen
   * only they know: so this one is named, by the address it was reached at.
   */
  private Answer members(OpenCall call) {
    JsonObject self =
        new JsonObject()
            .put("id", "1")
            .put("name", herd)
            .put("peerURLs", new JsonArray())
            .put("clientURLs", new JsonArray().add(here(call)));
    return new Answer(
        200,
        "application/json",
        new JsonObject().put("members", new JsonArray().add(self)).toBuffer(),
        Map.of());
  }

  private static String here(OpenCall call) {
    String host = call.headers().get("Host");
    return (call.isSecure() ? "https://" : "http://") + (host == null ? "localhost" : host);
  }
}
