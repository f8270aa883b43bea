package io.dockherd.doors.manifests;

import io.dockherd.access.AppVerbs;
import io.dockherd.doors.Answer;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Turned;
import io.dockherd.doors.manifests.format.ManifestFormat;
import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dokkaa's own API:
 *
 * <pre>
 * GET    /ping        → pong
 * GET    /apps        → the directory of apps, as etcd shows it
 * GET    /apps/dummy  → the directory of that app
 * POST   /apps        {"app_name":"dummy","containers":[{"name":"nginx","image":"…","services":{"nginx":80}}]}
 * DELETE /apps/dummy</pre>
 */
final class DokkaaApi {
  private final Manifests manifests;
  private final Ruling ruling;
  private final int bodyBytes;

  DokkaaApi(Manifests manifests, Ruling ruling, int bodyBytes) {
    this.manifests = manifests;
    this.ruling = ruling;
    this.bodyBytes = bodyBytes;
  }

  Answer answer(OpenCall call) {
    List<String> path = Key.parse(call.path()).segments();
    try {
      return switch (path.size()) {
        case 1 -> path.getFirst().equals("ping") ? ping(call) : apps(call);
        case 2 -> app(call, path.getLast());
        default -> message(404, "nothing is at '" + call.path() + "'");
      };
    } catch (OpenCall.CallerGone e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(call.requestId(), e);
    }
  }

  /** What went wrong, in Dokkaa's words. */
  private static Answer failed(String requestId, RuntimeException cause) {
    KeyErrors.Told told = KeyErrors.of(requestId, cause);
    return message(
        told.status(),
        switch (cause) {
          case Failure failure -> failure.explanation();
          case Turned turned -> turned.getMessage();
          default -> told.error().getMessage();
        });
  }

  private Answer ping(OpenCall call) {
    if (!isRead(call)) {
      return wrongMethod("GET, HEAD");
    }
    ruling.admit(call, "system.ping", "");
    return Answer.text(200, "pong");
  }

  private static boolean isRead(OpenCall call) {
    return call.method().equals("GET") || call.method().equals("HEAD");
  }

  private Answer apps(OpenCall call) {
    if (isRead(call)) {
      ruling.admit(call, AppVerbs.LIST, "/");
      return node(Key.of("apps"));
    }
    return call.method().equals("POST") ? create(call) : wrongMethod("GET, HEAD, POST");
  }

  private Answer app(OpenCall call, String app) {
    if (isRead(call)) {
      ruling.admit(call, AppVerbs.LIST, "/" + app);
      return node(Key.of("apps", app));
    }
    if (!call.method().equals("DELETE")) {
      return wrongMethod("GET, HEAD, DELETE");
    }
    Key key = Key.of("apps", app);
    return ruling.change(
        call,
        AppVerbs.DELETE,
        "/" + app,
        () -> {
          if (manifests.tree().find(key, false).isEmpty()) {
            throw new NotFound(app, "there is no app '" + app + "'", "");
          }
          manifests.delete(key, Manifests.Deletion.OF_ALL, call.who());
          return Answer.text(200, "");
        });
  }

  private Answer node(Key key) {
    return manifests
        .tree()
        .find(key, false)
        .map(node -> Answer.json(200, node.json().toBuffer()))
        .orElseGet(() -> missing(key.segments().getLast()));
  }

  private static Answer missing(String app) {
    return message(404, "there is no app '" + app + "'");
  }

  private Answer create(OpenCall call) {
    JsonObject request = parse(call.body(bodyBytes));
    String app = request.getValue("app_name") instanceof String name && !name.isEmpty() ? name : "";
    if (app.isEmpty()) {
      return message(400, "app_name has to be there, and a text");
    }
    ManifestName.checkApp(app);
    Map<ManifestName, String> texts = new LinkedHashMap<>();
    JsonArray errors = new JsonArray();
    JsonArray containers =
        request.getValue("containers") instanceof JsonArray list ? list : new JsonArray();
    for (int i = 0; i < containers.size(); i++) {
      try {
        read(app, containers.getValue(i), texts);
      } catch (Invalid e) {
        errors.add(error(i, containers.getValue(i), e));
      }
    }
    if (!errors.isEmpty()) {
      return Answer.json(
          400,
          new JsonObject()
              .put(
                  "message",
                  "nothing has been changed: " + errors.size() + " of the containers are wrong")
              .put("errors", errors)
              .toBuffer());
    }
    if (texts.isEmpty()) {
      return message(400, "containers has to be a list of at least one container");
    }
    ruling.change(
        call,
        AppVerbs.PUT,
        "/" + app,
        () -> {
          manifests.putAll(texts, call.who());
          return texts;
        });
    return Answer.text(200, "");
  }

  private static void read(String app, Object container, Map<ManifestName, String> texts) {
    if (!(container instanceof JsonObject json)) {
      throw new Invalid("", "a container has to be an object", "");
    }
    if (!(json.getValue("name") instanceof String name)) {
      throw new Invalid("name", "name has to be there, and a text", "");
    }
    ManifestName manifest = new ManifestName(app, name);
    String text = json.encode();
    ManifestFormat.read(manifest, text);
    if (texts.put(manifest, text) != null) {
      throw new Invalid("name", "'" + name + "' is there twice", "call one of them otherwise");
    }
  }

  /** {@code {"index":0,"name":"nginx","field":"scale","message":"…"}}. */
  private static JsonObject error(int index, Object container, Invalid wrong) {
    JsonObject error = new JsonObject().put("index", index);
    if (container instanceof JsonObject json && json.getValue("name") instanceof String name) {
      error.put("name", name);
    }
    return error.put("field", wrong.subject()).put("message", wrong.explanation());
  }

  private static JsonObject parse(Buffer body) {
    try {
      if (Json.decodeValue(body) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException e) {
      throw new Invalid(
          "", "the request is not JSON", "send {\"app_name\":…,\"containers\":[…]}", e);
    }
    throw new Invalid("", "the request has to be a JSON object", "");
  }

  private static Answer wrongMethod(String allowed) {
    return message(405, "there is only " + allowed + " here").header("Allow", allowed);
  }

  static Answer message(int status, String message) {
    return Answer.json(status, new JsonObject().put("message", message).toBuffer());
  }
}
