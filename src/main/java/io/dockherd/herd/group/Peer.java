package io.dockherd.herd.group;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jgroups.Address;
import org.jgroups.util.UUID;

/**
 * Another peer, for as long as it stays present.
 *
 * <p>Its messages are gathered by one thread at a time ({@link Presence}'s lock).
 */
final class Peer {
  private static final int CHANNELS_MAX = 64;

  /** So many long messages can be under way at once: far more than a peer has threads sending. */
  private static final int UNFINISHED_MAX = 1024;

  private record Message(Envelope.Kind kind, long id) {}

  private final PeerId id;
  private final Address address;
  private final long since;
  private final int windowBytes;
  private final Map<String, Window> windows = new HashMap<>();
  private boolean gone;
  private final Map<Message, ByteArrayOutputStream> unfinished = new HashMap<>();

  Peer(PeerId id, long since, int windowBytes) {
    this.id = id;
    this.address = UUID.fromString(id.value());
    this.since = since;
    this.windowBytes = windowBytes;
  }

  PeerId id() {
    return id;
  }

  Address address() {
    return address;
  }

  /** The number of the view since which it is together with this one. */
  long since() {
    return since;
  }

  /** The window for one channel's messages. */
  Window window(String channel) {
    synchronized (windows) {
      Window window = windows.get(channel);
      if (window == null) {
        if (windows.size() >= CHANNELS_MAX) {
          throw new IllegalArgumentException("more channels than a peer can have");
        }
        window = new Window(windowBytes);
        windows.put(channel, window);
        if (gone) {
          window.close();
        }
      }
      return window;
    }
  }

  /** Nobody waits for it any more. */
  void leave() {
    synchronized (windows) {
      gone = true;
      windows.values().forEach(Window::close);
    }
  }

  /** Adds a part; gives the message when it is whole. */
  Optional<Envelope> gather(Envelope part, int bytesMax) {
    Message message = new Message(part.kind(), part.id());
    ByteArrayOutputStream before = unfinished.get(message);
    if (before == null && !part.more()) {
      return Optional.of(part);
    }
    ByteArrayOutputStream parts = before == null ? new ByteArrayOutputStream() : before;
    if (parts.size() + part.payload().length > bytesMax) {
      unfinished.remove(message);
      throw new IllegalArgumentException("a message longer than " + bytesMax);
    }
    parts.writeBytes(part.payload());
    if (part.more()) {
      if (before == null && unfinished.size() >= UNFINISHED_MAX) {
        throw new IllegalArgumentException("more long messages begun than can be under way");
      }
      unfinished.put(message, parts);
      return Optional.empty();
    }
    unfinished.remove(message);
    return Optional.of(part.whole(parts.toByteArray()));
  }
}
