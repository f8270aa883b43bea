package io.dockherd.fleet;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** So many megabytes at random, given only as fast as they are asked for. */
final class Megabytes extends TestBody {
  private static final int CHUNK = 64 << 10;

  private final Context context;
  private final Random random = new Random(1);
  private final MessageDigest digest;
  private int left;
  private boolean isScheduled;

  Megabytes(Context context, int count) {
    this.context = context;
    this.left = count * (1 << 20) / CHUNK;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized byte[] digest() {
    return digest.digest();
  }

  @Override
  void flow() {
    if (isFlowing() && !isScheduled) {
      isScheduled = true;
      context.runOnContext(v -> next());
    }
  }

  private synchronized void next() {
    isScheduled = false;
    if (!isFlowing()) {
      return;
    }
    if (left == 0) {
      end();
      return;
    }
    left--;
    byte[] chunk = new byte[CHUNK];
    random.nextBytes(chunk);
    digest.update(chunk);
    give(Buffer.buffer(chunk));
    flow();
  }
}
