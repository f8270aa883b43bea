package io.dockherd.doors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.json.DecodeException;

/** What is wrong with a text that should be JSON, in one line that says where. */
public final class JsonFault {
  private JsonFault() {}

  /** The fault {@code e} tells of. */
  public static String of(DecodeException e) {
    if (!(e.getCause() instanceof JsonProcessingException cause)) {
      return e.getMessage();
    }
    JsonLocation where = cause.getLocation();
    // Where the unclosed one began, with a lot about what the parser does not tell.
    String what = cause.getOriginalMessage().split(" \\(start marker", 2)[0];
    return where == null
        ? what
        : what + " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }
}
