package io.dockherd.doors.manifests;

import io.dockherd.access.AppVerbs;
import io.dockherd.doors.Answer;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Reply;
import io.dockherd.doors.manifests.Manifests.Deletion;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Form;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.doors.manifests.keys.KeyRequest;
import io.dockherd.doors.manifests.keys.Node;
import io.dockherd.doors.manifests.ledger.Places;
import io.dockherd.doors.manifests.ledger.Tree;
import io.dockherd.doors.manifests.ledger.Watchers;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.events.Lines;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /v2/keys/…}: etcd's key API, of manifests alone. */
final class KeysApi {
  static final String PREFIX = "/v2/keys";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ONLY =
      "only manifests of apps are kept here, at /apps/<app>/<container>/manifest";

  private final Manifests manifests;
  private final Watchers watchers;
  private final Ruling ruling;
  private final KeyHeaders headers;
  private final int bodyBytes;

  KeysApi(
      Manifests manifests, Watchers watchers, Ruling ruling, KeyHeaders headers, int bodyBytes) {
    this.manifests = manifests;
    this.watchers = watchers;
    this.ruling = ruling;
    this.headers = headers;
    this.bodyBytes = bodyBytes;
  }

  Reply answer(OpenCall call) {
    Key key = Key.parse(call.path().substring(PREFIX.length()));
    return switch (call.method()) {
      case "GET", "HEAD" -> read(call, key, request(call, ""));
      case "PUT" -> put(call, key, request(call, body(call)));
      case "DELETE" -> delete(call, key, request(call, ""));
      case "POST" -> throw refused(key, "keys in order can't be made");
      default ->
          new Reply.Whole(
              Answer.text(405, "Method Not Allowed\n").header("Allow", "HEAD,GET,PUT,POST,DELETE"));
    };
  }

  private static KeyRequest request(OpenCall call, String body) {
    return KeyRequest.of(call.method(), Form.parse(body, call.query()));
  }

  private String body(OpenCall call) {
    Buffer body = call.body(bodyBytes);
    String type = Optional.ofNullable(call.headers().get("Content-Type")).orElse("");
    if (body.length() > 0 && !type.toLowerCase(Locale.ROOT).strip().startsWith(FORM)) {
      throw KeyError.ofRequest(
          ErrorCode.INVALID_FORM,
          "send a form, as curl does with --data-urlencode value=…, not '" + type + "'");
    }
    return body.toString();
  }

  private Reply read(OpenCall call, Key key, KeyRequest request) {
    ruling.admit(call, Places.isManifest(key) ? AppVerbs.INSPECT : AppVerbs.LIST, subject(key));
    if (request.waiting().isPresent()) {
      return watch(key, request, request.waiting().get());
    }
    if (isForeign(key)) {
      throw KeyError.of(ErrorCode.KEY_NOT_FOUND, key + ": " + ONLY);
    }
    Optional<Node> manifest = manifests.find(key);
    if (manifest.isPresent()) {
      return read(manifest.get(), Math.max(manifest.get().modified(), manifests.index()));
    }
    Tree tree = manifests.tree();
    return read(tree.get(key, request.isRecursive()), tree.index());
  }

  private Reply read(Node node, long index) {
    return answer(200, new KeyEvent(Action.GET, node, Optional.empty()).json(), index);
  }

  private static boolean isForeign(Key key) {
    return !key.isRoot() && !key.first(1).equals(Places.APPS);
  }

  private Reply watch(Key key, KeyRequest request, KeyRequest.Wait wait) {
    long index = manifests.index();
    Lines lines = watchers.watch(key, request.isRecursive(), wait.isStream(), wait.index());
    List<Header> head =
        headers.of(index).entrySet().stream()
            .map(header -> new Header(header.getKey(), header.getValue()))
            .toList();
    EngineStream plain = lines.answer();
    List<Header> all = Stream.concat(plain.headers().stream(), head.stream()).toList();
    return new Reply.Streamed(new EngineStream(200, all, plain.body(), plain.cancel()));
  }

  private Reply put(OpenCall call, Key key, KeyRequest request) {
    if (key.isRoot()) {
      throw KeyError.of(ErrorCode.ROOT_IS_READ_ONLY, "/");
    }
    if (!Places.isManifest(key)) {
      throw notWritable(key);
    }
    if (request.isDirectory()) {
      throw refused(key, "a manifest is no directory");
    }
    if (request.hasLifetime() || request.isRefresh()) {
      throw refused(key, "a manifest has no ttl: its app stays until it is deleted");
    }
    String text =
        request
            .value()
            .filter(value -> !value.isEmpty())
            .orElseThrow(
                () ->
                    KeyError.ofRequest(
                        ErrorCode.VALUE_REQUIRED, "the form field 'value' is to hold a manifest"));
    KeyEvent event =
        ruling.change(
            call,
            AppVerbs.PUT,
            subject(key),
            () -> manifests.put(Places.name(key), text, request.condition(), call.who()));
    JsonObject json =
        request.isSilent() ? new JsonObject().put("action", event.action().word()) : event.json();
    return answer(event.isCreation() ? 201 : 200, json, event.index());
  }

  /** In etcd's words, where there is something; in ours, where there can't be. */
  private KeyError notWritable(Key key) {
    Tree tree = manifests.tree();
    if (!isForeign(key)) {
      if (tree.find(key, false).isPresent()) {
        return KeyError.of(ErrorCode.NOT_A_FILE, key.toString());
      }
      KeyError missing = tree.missing(key);
      if (missing.code() == ErrorCode.NOT_A_DIRECTORY) {
        return missing;
      }
    }
    return refused(key, ONLY);
  }

  private Reply delete(OpenCall call, Key key, KeyRequest request) {
    if (key.isRoot()) {
      throw KeyError.of(ErrorCode.ROOT_IS_READ_ONLY, "/");
    }
    Deletion how = new Deletion(request.condition(), request.isDirectory(), request.isRecursive());
    KeyEvent event =
        ruling.change(
            call, AppVerbs.DELETE, subject(key), () -> manifests.delete(key, how, call.who()));
    return answer(200, event.json(), event.index());
  }

  /** The path of the app, or of the group, for whoever rules who may. */
  private static String subject(Key key) {
    if (isForeign(key)) {
      return key.toString();
    }
    List<String> segments = key.segments();
    int end = Math.min(segments.size(), 3);
    return end < 2 ? "/" : "/" + String.join("/", segments.subList(1, end));
  }

  private static KeyError refused(Key key, String why) {
    return KeyError.of(ErrorCode.READ_ONLY, key + ": " + why);
  }

  private Reply answer(int status, JsonObject json, long index) {
    return new Reply.Whole(headers.answer(status, json, index));
  }

  /** What went wrong, as an answer. */
  Answer failed(String requestId, Throwable cause) {
    KeyErrors.Told told = KeyErrors.of(requestId, cause);
    long index = told.error().index().orElseGet(manifests::index);
    Answer answer = headers.answer(told.status(), told.error().json(index), index);
    // etcd leaves these two out of errors.
    Map<String, String> fewer = new HashMap<>(answer.headers());
    fewer.keySet().removeAll(KeyHeaders.RAFT);
    return new Answer(answer.status(), answer.contentType(), answer.body(), fewer);
  }
}
