package io.dockherd.doors.apps;

import io.dockherd.apps.Change;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.vertx.core.json.JsonObject;

/** The usual answers. */
final class Replies {
  private Replies() {}

  static Reply json(JsonObject body) {
    return new Reply.Whole(Answer.json(200, body.toBuffer()));
  }

  /** 202 with what a change has begun; 200 when all was so already. */
  static Reply changed(Change change) {
    return new Reply.Whole(
        Answer.json(change.isNothing() ? 200 : 202, Forms.change(change).toBuffer()));
  }
}
