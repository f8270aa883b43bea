package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts a stream of JSON objects, one after the other or one a line, into its objects, however the
 * bytes come. It only counts braces; whether an object is sound is for its reader to find out.
 *
 * <p>A line break inside a string, which no JSON has, means that the beginning of something was
 * taken for what it is not: what was read so far is given up and the next object starts afresh.
 */
public final class JsonObjectSplitter {
  private final int limitBytes;
  private final Consumer<Buffer> onObject;
  private final Consumer<String> onSkipped;
  private final ByteArrayOutputStream object = new ByteArrayOutputStream(1024);
  private int depth;
  private boolean isInString;
  private boolean isEscaped;
  private boolean isTooLarge;

  /**
   * A splitter at the beginning of a stream.
   *
   * @param limitBytes a larger object is skipped
   * @param onObject is given each object's bytes
   * @param onSkipped is told why something was skipped
   */
  public JsonObjectSplitter(int limitBytes, Consumer<Buffer> onObject, Consumer<String> onSkipped) {
    this.limitBytes = limitBytes;
    this.onObject = onObject;
    this.onSkipped = onSkipped;
  }

  /** Takes the next bytes of the stream. */
  public void accept(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (depth == 0) {
        // Between objects there is white space at most; anything else is no object's beginning.
        start = i;
      }
      if (isInString) {
        if (b == '\n') {
          onSkipped.accept("a line break within a string");
          reset();
        } else {
          readInString(b);
        }
      } else if (readOutsideString(b)) {
        keep(bytes, start, i + 1);
        finish();
      }
    }
    if (depth > 0) {
      keep(bytes, start, bytes.length);
    }
  }

  private void readInString(byte b) {
    if (isEscaped) {
      isEscaped = false;
    } else if (b == '\\') {
      isEscaped = true;
    } else if (b == '"') {
      isInString = false;
    }
  }

  /** Whether that byte closed the object. */
  private boolean readOutsideString(byte b) {
    switch (b) {
      case '{' -> depth++;
      case '}' -> {
        if (depth > 0) {
          depth--;
          return depth == 0;
        }
      }
      case '"' -> isInString = depth > 0;
      default -> {}
    }
    return false;
  }

  private void keep(byte[] bytes, int from, int to) {
    if (object.size() + (to - from) > limitBytes) {
      isTooLarge = true;
      object.reset();
    }
    if (!isTooLarge) {
      object.write(bytes, from, to - from);
    }
  }

  private void finish() {
    if (isTooLarge) {
      onSkipped.accept("larger than " + limitBytes + " bytes");
    } else {
      onObject.accept(Buffer.buffer(object.toByteArray()));
    }
    reset();
  }

  private void reset() {
    object.reset();
    depth = 0;
    isInString = false;
    isEscaped = false;
    isTooLarge = false;
  }
}
