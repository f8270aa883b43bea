package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.fleet.requests.Fields;
import io.vertx.core.json.JsonObject;

/** Which instance: what an order names. */
record InstanceKey(AppPath path, InstanceId id) {
  /** Reads {@code {"path":"/shop/web","id":"3-k2x9qa0b"}}. */
  static InstanceKey of(JsonObject order) {
    return new InstanceKey(
        new AppPath(Fields.text(order, "path")), InstanceId.of(Fields.text(order, "id")));
  }

  /** {@code /shop/web#3-k2x9qa0b}. */
  @Override
  public String toString() {
    return Instance.factId(path, id);
  }
}
